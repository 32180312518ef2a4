namespace Stepsize.Training.Datasets.Tables;

/// <summary>What a person should know of a table that was read, a sentence each.</summary>
internal static class TableRemarks
{
    /// <summary>Different whole numbers up to which a target may well be a class.</summary>
    public const int FewValues = 20;

    private const int MostNamed = 8;

    public static void OfRows(TableScan scan, List<string> remarks)
    {
        if (scan.HasTrailingSeparators)
        {
            remarks.Add("Rows end with separators behind which nothing stands; the columns without name and values there were left out.");
        }

        if (scan.EmptyRows > 0)
        {
            remarks.Add(FormattableString.Invariant(
                $"{scan.EmptyRows} empty {(scan.EmptyRows == 1 ? "row" : "rows")}{(scan.EmptyRowsAreLast ? " at the end" : "")}, from line {scan.FirstEmptyLine} on, {(scan.EmptyRows == 1 ? "was" : "were")} left out."));
        }
    }

    public static void OfColumns(TableReading reading, List<string> remarks)
    {
        Name(remarks, reading.Columns.Where(c => c.Kind == ColumnKind.Empty), "no values at all: left out");
        Name(remarks, Learned(reading).Where(c => c.Kind == ColumnKind.Text), "text: each different value becomes a column of 0 and 1 (one-hot)", c => FormattableString.Invariant($" ({c.Values} values)"));
        Name(
            remarks, reading.Columns.Where(c => c.Kind == ColumnKind.Text && c.Name != reading.Target && !reading.Features.Contains(c.Name, StringComparer.Ordinal)),
            "text that is not learned from", c => c.Values is { } n ? FormattableString.Invariant($" ({n} values)") : " (very many values)");
        Name(remarks, Learned(reading).Where(c => c.Values == 1 && c.Missing == 0), "the same value in every row, which teaches nothing");
        foreach (var column in reading.Columns.Where(c => c.Missing > 0 && c.Kind != ColumnKind.Empty).Take(MostNamed))
        {
            remarks.Add(FormattableString.Invariant($"Column \"{column.Name}\" has no value in {column.Missing} of {reading.Rows} rows, first in line {column.FirstMissing!.Line}."));
        }

        if (reading.UsableRows < reading.Rows)
        {
            remarks.Add(FormattableString.Invariant($"{(reading.Rows - reading.UsableRows == 1 ? "1 row with missing cells is" : $"{reading.Rows - reading.UsableRows} rows with missing cells are")} left out, {reading.UsableRows} are left."));
        }

        if (reading.Find(reading.Target) is >= 0 and var place)
        {
            OfTarget(reading.Columns[place], remarks);
        }
    }

    /// <summary>Why a column makes poor classes; null where it may be one.</summary>
    public static string? AsClasses(TableColumn target) => target.Kind != ColumnKind.Number || (target.IsWhole && target.Values <= FewValues)
        ? null
        : FormattableString.Invariant(
            $"\"{target.Name}\" holds {(target.IsWhole ? "whole" : "real")} numbers with {(target.Values is { } n ? n : $"more than {TableColumn.MostValues}")} different values: csv-linear predicts them as numbers, csv-logreg would make each of them a class.");

    private static void OfTarget(TableColumn target, List<string> remarks)
    {
        if (AsClasses(target) is { } sentence)
        {
            remarks.Add(sentence);
        }
        else if (target is { Kind: ColumnKind.Text, Values: { } classes })
        {
            remarks.Add(FormattableString.Invariant($"\"{target.Name}\" is text with {classes} different values: csv-logreg takes them as classes, csv-linear cannot predict them."));
        }

        if (target is { Kind: ColumnKind.Number, Values: 1 })
        {
            remarks.Add($"\"{target.Name}\" is the same in every row: there is nothing to predict.");
        }
    }

    private static IEnumerable<TableColumn> Learned(TableReading reading) => reading.Columns.Where(c => reading.Features.Contains(c.Name, StringComparer.Ordinal));

    private static void Name(List<string> remarks, IEnumerable<TableColumn> columns, string what, Func<TableColumn, string>? note = null)
    {
        var found = columns.Select(c => $"\"{c.Name}\"{note?.Invoke(c)}").ToList();
        if (found.Count > 0)
        {
            remarks.Add($"{(found.Count == 1 ? "Column" : "Columns")} {string.Join(", ", found.Take(MostNamed))}{(found.Count > MostNamed ? FormattableString.Invariant($" and {found.Count - MostNamed} more") : "")}: {what}.");
        }
    }
}
