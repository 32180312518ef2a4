using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>CSV files that a person brought, in the folder <c>tables</c> of a data folder.</summary>
public static class OwnTables
{
    public const string Folder = "tables";

    private const long MaximumBytes = 512L << 20;

    /// <summary>Names of the files that are there, in order.</summary>
    public static IReadOnlyList<string> Names(DatasetFolders folders) =>
    [
        .. folders.Roots.Select(root => Path.Combine(root, Folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csv")).Select(path => Path.GetFileName(path)).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a table and copies it to the data folder.</summary>
    /// <param name="path">A CSV file, which may be gzipped.</param>
    /// <param name="name">Name to give it, such as <c>wine.csv</c>; null for its own.</param>
    /// <returns>What a specification may say of it.</returns>
    /// <exception cref="InvalidInputException">The file is no table, or the name cannot be used; nothing was written.</exception>
    public static TableSummary Import(string path, string? name, string root)
    {
        name ??= Path.GetFileName(path);
        name = name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? name : Path.GetFileNameWithoutExtension(name) + ".csv";
        RequireName(name);
        if (!File.Exists(path))
        {
            throw new InvalidInputException(FileFault.Field, $"{path} does not exist; give a CSV file.");
        }

        var content = BoundedFile.Read(path, MaximumBytes);
        var summary = TableSummary.Of(name, path, content);
        try
        {
            var folder = Path.Combine(root, Folder);
            Directory.CreateDirectory(folder);
            var incoming = Path.Combine(folder, $".incoming-{Guid.NewGuid():N}");
            File.WriteAllBytes(incoming, content);
            File.Move(incoming, Path.Combine(folder, name), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(FileFault.Field, $"{name} cannot be written to {root} ({e.Message}); free some space, or choose another folder with --data.");
        }

        return summary;
    }

    /// <summary>What a table holds.</summary>
    /// <exception cref="InvalidInputException">It is not there, or is none.</exception>
    public static TableSummary Summarise(DatasetFolders folders, string name)
    {
        var (path, content) = Read(folders, name);
        return TableSummary.Of(name, path, content);
    }

    /// <exception cref="InvalidInputException">The name cannot be used, or no such file is there.</exception>
    internal static (string Path, byte[] Content) Read(DatasetFolders folders, string name)
    {
        RequireName(name);
        var path = folders.Find(Path.Combine(Folder, name)) ?? throw new InvalidInputException(
            FileFault.Field, $"the table {name} is not on this machine; bring it in with \"datasets import csv PATH\". There are: {(Names(folders) is [_, ..] names ? string.Join(", ", names) : "none")}.");
        return (path, BoundedFile.Read(path, MaximumBytes));
    }

    /// <summary>A name comes from a specification, which anybody may have written: it must stay within the folder.</summary>
    private static void RequireName(string name)
    {
        if (name.Length is 0 or > 100 || name[0] == '.' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            throw new InvalidInputException("file", $"\"{name}\" is no name of a table; give letters, digits, points, hyphens and underscores only, such as wine.csv.");
        }
    }
}
