using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>Weights that a person brought, in the folder <c>weights</c> of a data folder, a file each.</summary>
public static class PretrainedWeights
{
    public const string Folder = "weights";

    private const string Ending = ".weights";

    /// <summary>Names of those that are there, in order.</summary>
    public static IReadOnlyList<string> Names(DatasetFolders folders) =>
    [
        .. folders.Roots.Select(root => Path.Combine(root, Folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Ending)).Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(WeightsName.IsName).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a data folder has weights of this name.</summary>
    public static bool Exists(string root, string name) => WeightsName.IsName(name) && File.Exists(Path.Combine(root, Folder, FileName(name)));

    /// <summary>What is known of weights, without reading their numbers.</summary>
    /// <exception cref="InvalidInputException">They are not there, or damaged.</exception>
    public static WeightsEntry Describe(DatasetFolders folders, string name) => FlatWeights.Describe(Find(folders, name), name).Entry;

    /// <summary>What the target's network takes of a file; nothing is written.</summary>
    /// <param name="path">A safetensors or npz file.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, or does not fit; all that is wrong is named.</exception>
    public static MappedWeights Preview(string path, WeightsTarget target)
    {
        using var file = WeightFile.Open(path);
        return target.Map(file, path);
    }

    /// <summary>Puts a file's weights into the data folder.</summary>
    /// <param name="path">A safetensors or npz file.</param>
    /// <param name="replace">Whether weights of this name may be replaced.</param>
    /// <exception cref="InvalidInputException">They do not fit, or the name is taken; nothing was written.</exception>
    public static async Task<WeightsEntry> ImportAsync(string path, string name, WeightsTarget target, string root, bool replace, CancellationToken cancellation)
    {
        WeightsName.Require(name, "name");
        var folder = Path.Combine(root, Folder);
        var place = Path.Combine(folder, FileName(name));
        RequireFree(place, name, replace);
        var weights = await Task.Run(() => Preview(path, target), cancellation);
        try
        {
            var source = await BoundedCopy.ChecksumAsync(path, cancellation);
            Directory.CreateDirectory(folder);
            using var staged = StagingLock.Take(folder);
            await Task.Run(() => FlatWeights.Write(staged.Path, target.Id, Path.GetFileName(path), source, weights), cancellation);
            RequireFree(place, name, replace);
            File.Move(staged.Path, place, overwrite: replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                WeightFault.Field, $"The weights {name} cannot be written to {folder} ({e.Message}); free some space, let this program write there, or name another folder with --data.");
        }

        return FlatWeights.Describe(place, name).Entry;
    }

    /// <summary>Adds what is wrong with weights for a network, without reading their numbers.</summary>
    internal static void Check(DatasetFolders folders, string name, WeightsTarget target, FaultList faults)
    {
        try
        {
            RequireFit(name, FlatWeights.Describe(Find(folders, name), name), target);
        }
        catch (InvalidInputException e)
        {
            foreach (var fault in e.Faults)
            {
                faults.Add(fault.Field, fault.Message);
            }
        }
    }

    /// <summary>Weights to train from.</summary>
    /// <exception cref="InvalidInputException">They are not there, damaged, or those of another network.</exception>
    internal static (WeightsEntry Entry, IReadOnlyList<NamedTensor> Tensors) Load(DatasetFolders folders, string name, WeightsTarget target)
    {
        var (entry, tensors) = FlatWeights.Read(Find(folders, name), name);
        RequireFit(name, (entry, [.. tensors.Select(t => (t.Name, t.Shape))]), target);
        return (entry, tensors);
    }

    /// <summary>What provenance calls the weights.</summary>
    internal static string FileName(string name) => name + Ending;

    private static void RequireFit(string name, (WeightsEntry Entry, IReadOnlyList<(string Name, IReadOnlyList<int> Shape)> Tensors) found, WeightsTarget target)
    {
        var shapes = found.Tensors.DistinctBy(t => t.Name).ToDictionary(t => t.Name, t => t.Shape, StringComparer.Ordinal);
        var fits = found.Entry.Target == target.Id && shapes.Count == found.Tensors.Count
            && target.Parameters.All(p => shapes.Remove(p.Name, out var shape) ? shape.SequenceEqual(p.Shape) : target.IsOptional(p.Name)) && shapes.Count == 0;
        if (!fits)
        {
            throw new InvalidInputException(
                "workloadOptions.weights", $"the weights {name} are not those of {target.Title}; bring such weights in with \"datasets import weights FILE --for {target.Id}\".");
        }
    }

    private static void RequireFree(string place, string name, bool replace)
    {
        if (!replace && File.Exists(place))
        {
            throw new InvalidInputException("name", $"there are weights {name} already; choose another name, or say that they are to be replaced.");
        }
    }

    private static string Find(DatasetFolders folders, string name)
    {
        WeightsName.Require(name, "workloadOptions.weights");
        return folders.Find(Path.Combine(Folder, FileName(name))) ?? throw new InvalidInputException(
            "workloadOptions.weights",
            $"there are no weights {name} here; bring them in with \"datasets import weights FILE --name {name}\", or leave the option empty to start at random. There are: {(Names(folders) is [_, ..] names ? string.Join(", ", names) : "none")}.");
    }
}
