using System.Globalization;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>A person's own table: numbers to learn from, and what is to be predicted, as it is written.</summary>
/// <param name="Features">The columns that were asked for.</param>
/// <param name="TargetName">Name of the column that is to be predicted.</param>
/// <param name="Targets">One a row, not empty.</param>
internal sealed record CsvTable(NumberTable Features, string TargetName, string[] Targets)
{
    /// <summary>Most numbers in a table: 400 MB of them.</summary>
    private const int MostValues = 50_000_000;

    /// <param name="path">For the messages.</param>
    /// <param name="target">Column to predict; the last one where it is empty.</param>
    /// <param name="features">Columns to learn from; all others where there are none.</param>
    /// <exception cref="InvalidInputException">A column does not exist, a value is missing or is no finite number, or there are no rows.</exception>
    public static CsvTable Parse(string path, byte[] content, string target, IReadOnlyList<string> features)
    {
        string[]? header = null;
        int[] columns = [];
        var last = 0;
        var values = new List<double>();
        var targets = new List<string>();
        foreach (var row in CsvRows.Read(path, content))
        {
            if (header is null)
            {
                header = Header(path, row);
                last = target.Length == 0 ? header.Length - 1 : Find(path, header, target);
                columns = features.Count == 0
                    ? [.. Enumerable.Range(0, header.Length).Where(j => j != last)]
                    : [.. features.Select(f => Find(path, header, f))];
                RequireUsable(path, header, columns, last);
                continue;
            }

            foreach (var j in columns)
            {
                values.Add(Number(path, row, header, j));
            }

            var written = row.Fields[last].Trim();
            targets.Add(written.Length > 0 ? written : throw FileFault.AtLine(path, row.Line, row.Offset, $"there is no value in the column \"{header[last]}\""));
            if (values.Count > MostValues)
            {
                throw FileFault.AtLine(path, row.Line, row.Offset, $"there are more than {MostValues} numbers");
            }
        }

        return targets.Count > 0
            ? new CsvTable(new NumberTable([.. columns.Select(j => header![j])], [.. values]), header![last], [.. targets])
            : throw FileFault.At(path, content.Length, "it ends after the header, but rows must follow");
    }

    /// <summary>The targets as finite numbers.</summary>
    /// <exception cref="InvalidInputException">One is none.</exception>
    public double[] NumericTargets(string path) => [.. Targets.Select((t, i) => Parse(t) ?? throw FileFault.At(
        path, 0, $"\"{Shown(t)}\" in row {i + 1} of the column \"{TargetName}\" is not a finite number; choose another target, or a workload that classifies"))];

    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static double Number(string path, CsvRow row, string[] header, int column) => Parse(row.Fields[column]) ?? throw FileFault.AtLine(
        path, row.Line, row.Offset, $"\"{Shown(row.Fields[column])}\" in the column \"{header[column]}\" is not a finite number; name the columns to use with the option features");

    private static string[] Header(string path, CsvRow row)
    {
        var names = Array.ConvertAll(row.Fields, f => f.Trim());
        var twice = names.CountBy(n => n).FirstOrDefault(c => c.Value > 1).Key;
        return twice is null && !names.Contains("")
            ? names
            : throw FileFault.AtLine(path, row.Line, row.Offset, $"the header has {(twice is null or "" ? "a column without a name" : $"the column \"{Shown(twice)}\" twice")}");
    }

    private static int Find(string path, string[] header, string column)
    {
        var index = Array.IndexOf(header, column);
        return index >= 0
            ? index
            : throw new InvalidInputException(FileFault.Field, $"{path} has no column \"{Shown(column)}\"; it has {string.Join(", ", header.Take(20).Select(Shown))}{(header.Length > 20 ? ", …" : "")}.");
    }

    private static void RequireUsable(string path, string[] header, int[] columns, int target)
    {
        if (columns.Length == 0 || columns.Contains(target) || columns.Distinct().Count() < columns.Length)
        {
            throw new InvalidInputException(
                FileFault.Field, $"{path}: to predict \"{Shown(header[target])}\", at least one other column must be given in the option features, each once.");
        }
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
