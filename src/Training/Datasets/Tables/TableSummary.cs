namespace Stepsize.Training.Datasets.Tables;

/// <summary>What a person needs to know of a table to train on it.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Rows">Without the header.</param>
/// <param name="Columns">In their order.</param>
/// <param name="NumericColumns">Those with finite numbers only, which can be learned from.</param>
public sealed record TableSummary(string Name, int Rows, IReadOnlyList<string> Columns, IReadOnlyList<string> NumericColumns)
{
    /// <exception cref="Faults.InvalidInputException">The content is no table.</exception>
    internal static TableSummary Of(string name, string path, byte[] content)
    {
        string[]? header = null;
        bool[] numeric = [];
        var rows = 0;
        foreach (var row in CsvRows.Read(path, content))
        {
            if (header is null)
            {
                header = Array.ConvertAll(row.Fields, f => f.Trim());
                numeric = [.. header.Select(_ => true)];
                continue;
            }

            rows++;
            for (var j = 0; j < header.Length; j++)
            {
                numeric[j] = numeric[j] && CsvTable.Parse(row.Fields[j]) is not null;
            }
        }

        return rows > 0
            ? new TableSummary(name, rows, header!, [.. header!.Where((_, j) => numeric[j])])
            : throw Reading.FileFault.At(path, content.Length, "it ends after the header, but rows must follow");
    }
}
