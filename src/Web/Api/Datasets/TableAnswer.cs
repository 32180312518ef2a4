using System.Text.Json.Nodes;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Web.Datasets;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Datasets;

/// <summary>How a table is read, in the words by which it is chosen.</summary>
public sealed record TableFormatAnswer
{
    /// <summary>Between cells.</summary>
    public required string Separator { get; init; }

    /// <summary>Decimal mark.</summary>
    public required string Decimal { get; init; }

    /// <summary>Between groups of three digits, or none.</summary>
    public required string Thousands { get; init; }

    /// <summary>Whether the first row holds the names of the columns: yes or no.</summary>
    public required string Header { get; init; }

    /// <summary>Of the bytes.</summary>
    public required string Encoding { get; init; }

    /// <summary>What becomes of missing cells.</summary>
    public required string Missing { get; init; }

    internal static TableFormatAnswer Of(TableReading table) => new()
    {
        Separator = TableChoiceReader.WordOf(TableChoiceReader.Separators, table.Format.Separator),
        Decimal = TableChoiceReader.WordOf(TableChoiceReader.Decimals, table.Format.Decimal),
        Thousands = TableChoiceReader.WordOf(TableChoiceReader.ThousandsMarks, table.Format.Thousands ?? TableChoices.None),
        Header = TableChoiceReader.WordOf(TableChoiceReader.Headers, table.Format.HasHeader),
        Encoding = TableChoiceReader.WordOf(TableChoiceReader.Encodings, table.Format.Encoding),
        Missing = TableChoiceReader.WordOf(TableChoiceReader.Missings, table.Missing),
    };
}

/// <summary>A column of a table.</summary>
public sealed record TableColumnAnswer
{
    /// <summary>By which specifications name it.</summary>
    public required string Name { get; init; }

    /// <summary>number, text or empty.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Cells without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>How many different values it has; null for very many.</summary>
    public required int? Values { get; init; }

    /// <summary>The smallest number; null for text.</summary>
    public required double? Smallest { get; init; }

    /// <summary>The largest number; null for text.</summary>
    public required double? Largest { get; init; }

    internal static TableColumnAnswer Of(TableColumn column) => new()
    {
        Name = column.Name, Kind = column.Kind, Missing = column.Missing, Values = column.Values, Smallest = column.Smallest, Largest = column.Largest,
    };
}

/// <summary>A person's own table.</summary>
public sealed record TableAnswer
{
    /// <summary>By which specifications name it.</summary>
    public required string Name { get; init; }

    /// <summary>Rows without the header.</summary>
    public required int? Rows { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required string? Checksum { get; init; }

    /// <summary>How it is read.</summary>
    public required TableFormatAnswer? Format { get; init; }

    /// <summary>Column to predict where a sweep names none.</summary>
    public required string? Target { get; init; }

    /// <summary>Columns to learn from where a sweep names none.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<TableColumnAnswer> Columns { get; init; }

    /// <summary>Workload and options to train on it with; null where it cannot be trained on.</summary>
    public required JsonObject? Training { get; init; }

    /// <summary>Numbers of the sweeps that use it.</summary>
    public required IReadOnlyList<long> Sweeps { get; init; }

    /// <summary>Why it cannot be trained on; null where it can.</summary>
    public required string? Fault { get; init; }

    internal static TableAnswer Of(OwnTableEntry entry) => new()
    {
        Name = entry.Name,
        Rows = entry.Table?.Rows,
        Checksum = entry.Table?.Checksum,
        Format = entry.Table is { } table ? TableFormatAnswer.Of(table) : null,
        Target = entry.Table?.Target,
        Features = entry.Table?.Features ?? [],
        Columns = [.. (entry.Table?.Columns ?? []).Select(TableColumnAnswer.Of)],
        Training = entry.Table is { } trained
            ? new JsonObject { ["workload"] = TableText.Workload(trained), ["workloadOptions"] = TableText.Options(entry.Name, trained) }
            : null,
        Sweeps = [.. entry.Sweeps.Select(s => s.Id)],
        Fault = entry.Fault,
    };
}

/// <summary>A file that was sent, as it would be read.</summary>
public sealed record TablePreviewAnswer
{
    /// <summary>The word by which the file is known until it is imported.</summary>
    public required string Upload { get; init; }

    /// <summary>It would have.</summary>
    public required string Name { get; init; }

    /// <summary>Rows without the header.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows left after those with missing cells went where they do.</summary>
    public required int UsableRows { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required string Checksum { get; init; }

    /// <summary>Chosen or detected.</summary>
    public required TableFormatAnswer Format { get; init; }

    /// <summary>Column to predict.</summary>
    public required string Target { get; init; }

    /// <summary>Columns to learn from.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<TableColumnAnswer> Columns { get; init; }

    /// <summary>The first rows of values, as they are written.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> FirstRows { get; init; }

    /// <summary>What was detected and what becomes of it.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Why it cannot be imported like this; empty where it can.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>What importing it would replace, and which sweeps use that; null where the name is free.</summary>
    public required string? Replaces { get; init; }

    internal static TablePreviewAnswer Of(string upload, TableInspection found, string? replaces) => new()
    {
        Upload = upload,
        Name = found.Name,
        Rows = found.Reading.Rows,
        UsableRows = found.Reading.UsableRows,
        Checksum = found.Reading.Checksum,
        Format = TableFormatAnswer.Of(found.Reading),
        Target = found.Reading.Target,
        Features = found.Reading.Features,
        Columns = [.. found.Reading.Columns.Select(TableColumnAnswer.Of)],
        FirstRows = [.. found.FirstRows.Select(r => r.Cells)],
        Remarks = found.Remarks,
        Faults = found.Faults,
        Replaces = replaces,
    };
}

/// <summary>What a change did.</summary>
public sealed record TableChangeAnswer
{
    /// <summary>In a sentence, with the sweeps that used the table.</summary>
    public required string Done { get; init; }
}
