using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>Imported weights in a list.</summary>
/// <param name="Entry">Null where they cannot be used.</param>
/// <param name="Fault">Why they cannot be used.</param>
public sealed record WeightsListing(string Name, WeightsEntry? Entry, string? Fault)
{
    /// <summary>Every file of the folder <c>weights</c>, by name, without reading its numbers.</summary>
    public static IReadOnlyList<WeightsListing> Read(DatasetFolders folders) => [.. PretrainedWeights.Names(folders).Select(name => Read(folders, name))];

    private static WeightsListing Read(DatasetFolders folders, string name)
    {
        try
        {
            return new WeightsListing(name, PretrainedWeights.Describe(folders, name), null);
        }
        catch (InvalidInputException e)
        {
            return new WeightsListing(name, null, string.Join(' ', e.Faults.Select(f => f.Message)));
        }
    }
}
