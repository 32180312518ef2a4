namespace Stepsize.Training.Datasets.Tables;

/// <summary>A person's own table as it is learned from: numbers, and what is to be predicted, as it is written.</summary>
/// <param name="Features">NaN where a missing cell is to become the column's mean.</param>
/// <param name="Target">The column that is to be predicted.</param>
/// <param name="Targets">One a row, not empty.</param>
/// <param name="Format">In which the targets are written.</param>
internal sealed record CsvTable(NumberTable Features, TableColumn Target, string[] Targets, TableFormat Format)
{
    /// <param name="use">Checked by <see cref="TableCheck"/>.</param>
    public static CsvTable Load(TableSource source, TableReading reading, TableUse use)
    {
        var values = new List<double>();
        var targets = new List<string>();
        var places = use.Features.Select(j => Places(reading.Columns[j])).ToArray();
        foreach (var row in TableRows.Read(source, reading.Format, reading.Columns.Count))
        {
            if (IsMissing(use.Target) || (reading.Missing == MissingCells.Drop && use.Features.Any(IsMissing)))
            {
                continue;
            }

            for (var k = 0; k < use.Features.Count; k++)
            {
                Add(values, reading, reading.Columns[use.Features[k]], places[k], row.Fields[use.Features[k]]);
            }

            targets.Add(row.Fields[use.Target]);

            bool IsMissing(int j) => TableInspector.IsMissing(reading.Columns[j], row.Fields[j]);
        }

        string[] names = [.. use.Features.SelectMany(j => Names(reading.Columns[j]))];
        return new CsvTable(new NumberTable(names, [.. values]), reading.Columns[use.Target], [.. targets], reading.Format);
    }

    /// <summary>A target as a number.</summary>
    /// <remarks>Every one of a column of numbers is one: <see cref="TableCheck"/> saw to it.</remarks>
    public double Number(string target) => WrittenNumber.TryParse(target, Format, out var value) ? value : double.NaN;

    private static IEnumerable<string> Names(TableColumn column) =>
        column.Kind == ColumnKind.Text ? column.Categories.Select(value => $"{column.Name} = {value}") : [column.Name];

    private static Dictionary<string, int>? Places(TableColumn column) => column.Kind != ColumnKind.Text
        ? null
        : column.Categories.Select((value, i) => (value, i)).ToDictionary(c => c.value, c => c.i, StringComparer.Ordinal);

    private static void Add(List<double> values, TableReading reading, TableColumn column, Dictionary<string, int>? places, string cell)
    {
        if (places is null)
        {
            values.Add(!TableInspector.IsMissing(column, cell) && WrittenNumber.TryParse(cell, reading.Format, out var value) ? value : double.NaN);
            return;
        }

        var place = places.GetValueOrDefault(cell, -1);
        for (var i = 0; i < places.Count; i++)
        {
            values.Add(i == place ? 1 : 0);
        }
    }
}
