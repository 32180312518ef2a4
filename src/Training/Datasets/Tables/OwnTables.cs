using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>CSV files that a person brought, in the folder <c>tables</c> of a data folder, each with its <see cref="TableReading"/> beside it.</summary>
public static class OwnTables
{
    public const string Folder = "tables";

    /// <summary>Largest table, unpacked.</summary>
    public const long MaximumBytes = 512L << 20;

    /// <summary>Names of the tables that are there, in order.</summary>
    public static IReadOnlyList<string> Names(DatasetFolders folders) =>
    [
        .. folders.Roots.Select(root => Path.Combine(root, Folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csv")).Select(path => Path.GetFileName(path)).Distinct().Order(StringComparer.Ordinal),
    ];

    public static bool Exists(DatasetFolders folders, string name) => Names(folders).Contains(name, StringComparer.Ordinal);

    /// <summary>The content of a file, unpacked.</summary>
    /// <param name="path">A CSV file, which may be gzipped.</param>
    /// <param name="shown">What messages call it.</param>
    /// <exception cref="InvalidInputException">It is not there, is no regular file, cannot be read or is too large.</exception>
    public static byte[] ReadFile(string path, string shown)
    {
        RegularFile.Require(path, shown);
        return File.Exists(path)
            ? BoundedFile.ReadOwn(path, MaximumBytes, shown)
            : throw new InvalidInputException(TableFault.Field, $"{shown} {(Directory.Exists(path) ? "is a folder" : "does not exist")}; give a CSV file.");
    }

    /// <summary>What a file is as a table.</summary>
    /// <param name="content">From <see cref="ReadFile"/>.</param>
    /// <exception cref="InvalidInputException">It is no text, or cannot be cut into rows; what else is wrong is among the inspection's faults.</exception>
    public static TableInspection Inspect(string name, byte[] content, TableChoices choices) => TableInspector.Inspect(name, content, choices);

    /// <summary>Puts a table into the data folder, with its reading beside it.</summary>
    /// <param name="name">From <see cref="TableName"/>.</param>
    /// <param name="replace">Whether a table of this name may be replaced.</param>
    /// <exception cref="InvalidInputException">It cannot be trained on as it was chosen, or the name is taken; nothing was written.</exception>
    public static TableInspection Import(string name, byte[] content, TableChoices choices, string root, bool replace)
    {
        TableName.Require(name, "name");
        var inspection = Inspect(name, content, choices);
        if (inspection.Faults.Count > 0)
        {
            throw new InvalidInputException(inspection.Faults);
        }

        var folder = Path.Combine(root, Folder);
        var path = Path.Combine(folder, name);
        try
        {
            Directory.CreateDirectory(folder);
            using var staged = StagingLock.Take(folder);
            Directory.CreateDirectory(staged.Path);
            var (table, reading) = (Path.Combine(staged.Path, "table"), Path.Combine(staged.Path, "reading"));
            File.WriteAllBytes(table, content);
            File.WriteAllBytes(reading, StoredReading.Write(inspection.Reading));
            if (!replace && File.Exists(path))
            {
                throw Taken(name, "name");
            }

            var kept = StoredReading.PathOf(path, inspection.Reading.Checksum);
            File.Move(reading, kept, overwrite: true);
            File.Move(table, path, overwrite: replace);
            DeleteReadings(path, except: kept);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(TableFault.Field, $"{name} cannot be written to the data folder; free some space, let this program write there, or name another folder with --data.");
        }

        return inspection;
    }

    /// <summary>How a table is read, and what is in it. Fast for a table that was imported; one that was put there by hand is read through.</summary>
    /// <exception cref="InvalidInputException">It is not there, or is no table that can be trained on.</exception>
    public static TableReading Describe(DatasetFolders folders, string name) =>
        StoredReading.Guess(Find(folders, name)) ?? Open(folders, name).Reading;

    /// <exception cref="InvalidInputException">There is no such table among those that can be changed, or the new name cannot be used or is taken.</exception>
    public static void Rename(DatasetFolders folders, string name, string to)
    {
        var path = Writable(folders, name);
        TableName.Require(to, "to");
        var target = Path.Combine(Path.GetDirectoryName(path)!, to);
        if (File.Exists(target))
        {
            throw Taken(to, "to");
        }

        Change(name, () =>
        {
            // The reading first: a table is never there without it.
            foreach (var reading in StoredReading.All(path))
            {
                File.Copy(reading, target + reading[path.Length..], overwrite: true);
            }

            File.Move(path, target, overwrite: false);
            DeleteReadings(path, except: null);
        });
    }

    /// <exception cref="InvalidInputException">There is no such table among those that can be changed.</exception>
    public static void Delete(DatasetFolders folders, string name)
    {
        var path = Writable(folders, name);
        Change(name, () =>
        {
            File.Delete(path);
            DeleteReadings(path, except: null);
        });
    }

    /// <summary>A table with the reading that it was imported with, or else that which is detected.</summary>
    /// <exception cref="InvalidInputException">It is not there, or is no table that can be trained on.</exception>
    internal static (TableSource Source, TableReading Reading) Open(DatasetFolders folders, string name)
    {
        var path = Find(folders, name);
        var content = BoundedFile.ReadOwn(path, MaximumBytes, name);
        if (StoredReading.Find(path, BoundedFile.Checksum(content)) is { } stored)
        {
            return (TableSource.Of(name, content, stored.Format.Encoding), stored);
        }

        var detected = Inspect(name, content, new TableChoices());
        return detected.Faults.FirstOrDefault(f => f.Field == TableFault.Field) is { } fault
            ? throw new InvalidInputException(TableFault.Field, $"{name} cannot be used: {fault.Message}")
            : (TableSource.Of(name, content, detected.Reading.Format.Encoding), detected.Reading);
    }

    /// <summary>SHA-256 by name of what is trained on: the file, and where it has more than one reading, how it is read.</summary>
    internal static IReadOnlyDictionary<string, string> Checksums(string name, TableReading reading)
    {
        var checksums = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = reading.Checksum };
        if (StoredReading.ChecksumOf(reading) is { } how)
        {
            checksums[$"{name} as it is read"] = how;
        }

        return checksums;
    }

    private static string Find(DatasetFolders folders, string name)
    {
        TableName.Require(name, "workloadOptions.file");
        return folders.Find(Path.Combine(Folder, name)) ?? throw new InvalidInputException("workloadOptions.file", Missing(folders, name));
    }

    private static string Missing(DatasetFolders folders, string name) =>
        $"there is no table {name} here; bring it in on the page of the datasets, or with \"datasets import csv FILE\". There are: {(Names(folders) is [_, ..] names ? string.Join(", ", names) : "none")}.";

    private static string Writable(DatasetFolders folders, string name)
    {
        TableName.Require(name, "name");
        var path = Path.Combine(folders.Writable, Folder, name);
        return File.Exists(path) ? path : throw new InvalidInputException("name", Missing(folders, name));
    }

    private static InvalidInputException Taken(string name, string field) =>
        new(field, $"there is a table {name} already; choose another name, or say that it is to be replaced.");

    private static void Change(string name, Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(TableFault.Field, $"{name} cannot be changed; let this program write to the data folder.");
        }
    }

    private static void DeleteReadings(string table, string? except)
    {
        foreach (var reading in StoredReading.All(table).Where(r => r != except))
        {
            File.Delete(reading);
        }
    }
}
