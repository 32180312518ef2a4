using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>
/// Decides what a file is as a table. CsvHelper cuts it into rows; here it is decided which encoding, separator, decimal mark and header it has, what its columns
/// are, and whether it can be trained on.
/// </summary>
internal static class TableInspector
{
    private const int RowsShown = 10;

    /// <summary>Where there are more columns, only the target's values are counted to the full number.</summary>
    private const int ManyColumns = 200;

    /// <param name="name">Of the table.</param>
    /// <param name="content">Unpacked.</param>
    /// <exception cref="InvalidInputException">It is no text, or cannot be cut into rows. All else is among the inspection's faults.</exception>
    public static TableInspection Inspect(string name, byte[] content, TableChoices choices)
    {
        var (faults, remarks) = (new FaultList(), new List<string>());
        var source = TableSource.Of(name, content, choices.Encoding);
        var separator = choices.Separator ?? SeparatorDetection.Detect(source);
        var scan = TableScan.Of(source, separator);
        scan.AddFaults(faults);
        var format = FormatDetection.Detect(source, separator, scan, choices, remarks);
        var names = ColumnNames.Of(scan, format.HasHeader, remarks);
        TableRemarks.OfRows(scan, remarks);
        var (columns, first, rows) = Count(source, format, names, choices.Target, remarks);
        if (rows == 0)
        {
            throw TableFault.Of(name, "it ends after its first row", "Rows of values must follow; if the first row holds values, choose that there is no header.");
        }

        var reading = Choose(columns, rows, format, choices) with { Bytes = content.Length, Checksum = BoundedFile.Checksum(content) };
        var use = TableCheck.Check(reading, null, null, faults, "");
        reading = reading with { UsableRows = use is null ? rows : UsableRows(source, reading, use) };
        if (use is not null && reading.UsableRows < 2)
        {
            faults.Add("missing", FormattableString.Invariant($"{reading.UsableRows} of {rows} rows are left when those with missing cells are dropped; leave out columns with many of them, or take the mean."));
        }

        TableRemarks.OfColumns(reading, remarks);
        return new TableInspection(name, reading, first, remarks, faults.All);
    }

    /// <summary>Rows that are learned from with these columns.</summary>
    public static int UsableRows(TableSource source, TableReading reading, TableUse use)
    {
        int[] deciding = [.. use.All.Where(j => reading.Columns[j].Missing > 0 && (j == use.Target || reading.Missing == MissingCells.Drop))];
        return deciding.Length == 0
            ? reading.Rows
            : TableRows.Read(source, reading.Format, reading.Columns.Count).Count(row => !Array.Exists(deciding, j => IsMissing(reading.Columns[j], row.Fields[j])));
    }

    public static bool IsMissing(TableColumn column, string cell) =>
        column.Kind == ColumnKind.Number ? CellText.IsMissingNumber(cell) : CellText.IsMissing(cell);

    private static (TableColumn[] Columns, List<TableCellRow> First, int Rows) Count(
        TableSource source, TableFormat format, string[] names, string? target, List<string> remarks)
    {
        var first = new List<TableCellRow>();
        var rows = 0;
        ColumnTally[] tallies =
        [
            .. names.Select((name, j) => new ColumnTally(
                name, format, names.Length <= ManyColumns || name == target || j == names.Length - 1 ? TableColumn.MostValues : TableColumn.MostCategories)),
        ];
        foreach (var row in TableRows.Read(source, format, names.Length))
        {
            if (rows++ < RowsShown)
            {
                first.Add(new TableCellRow(row.Line, row.Fields));
            }

            for (var j = 0; j < tallies.Length; j++)
            {
                tallies[j].Add(row.Line, row.Fields[j]);
            }
        }

        var finished = Array.ConvertAll(tallies, t => t.Finish());
        remarks.AddRange(finished.Select(f => f.Outlier).OfType<string>());
        return (Array.ConvertAll(finished, f => f.Column), first, rows);
    }

    private static TableReading Choose(TableColumn[] columns, int rows, TableFormat format, TableChoices choices)
    {
        var target = choices.Target ?? (columns.LastOrDefault(c => c.Kind != ColumnKind.Empty) ?? columns[^1]).Name;
        return new TableReading
        {
            Format = format,
            Missing = choices.Missing ?? MissingCells.Refuse,
            Target = target,
            Features = choices.Features ?? [.. columns.Where(c => c.Name != target && TableCheck.IsOffered(c, rows)).Select(c => c.Name)],
            Columns = columns,
            Rows = rows,
            UsableRows = rows,
            Bytes = 0,
            Checksum = "",
        };
    }
}
