namespace Stepsize.Training.Datasets.Tables;

/// <summary>The rows of a table as they count: without its header, without rows that are empty, each with as many cells as there are columns.</summary>
internal static class TableRows
{
    /// <param name="columns">Cells of a row: more are cut off, which are empty where a table was imported, and missing ones are empty.</param>
    public static IEnumerable<CsvRow> Read(TableSource source, TableFormat format, int columns)
    {
        var isHeader = format.HasHeader;
        foreach (var row in CsvRows.Read(source, format.Separator))
        {
            if (row.IsEmpty)
            {
                continue;
            }

            if (isHeader)
            {
                isHeader = false;
                continue;
            }

            var cells = new string[columns];
            for (var j = 0; j < columns; j++)
            {
                cells[j] = j < row.Fields.Length ? row.Fields[j].Trim() : "";
            }

            yield return row with { Fields = cells };
        }
    }
}
