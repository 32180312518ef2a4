using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>
/// Whether a table can be trained on with these columns: the one place that decides it. It is asked when a table is imported, before a sweep is started, and when
/// it is trained, of what was found out when the table was imported.
/// </summary>
internal sealed class TableCheck
{
    /// <summary>Numbers further from zero are refused: their squares, and as 32-bit numbers they themselves, are not finite, and standardised they make zeros of all others.</summary>
    public const double MostFar = 1e30;

    /// <summary>Most numbers of a table: 400 MB of them.</summary>
    public const long MostNumbers = 50_000_000;

    private readonly TableReading _reading;
    private readonly FaultList _faults;
    private readonly string _prefix;

    private TableCheck(TableReading reading, FaultList faults, string prefix) => (_reading, _faults, _prefix) = (reading, faults, prefix);

    /// <param name="target">Column to predict; null for the table's own.</param>
    /// <param name="features">Columns to learn from; null for the table's own.</param>
    /// <param name="faults">Gets everything that is wrong.</param>
    /// <param name="prefix">Before the names of fields: empty at import, <c>workloadOptions.</c> in a specification.</param>
    /// <returns>Null where there are faults.</returns>
    public static TableUse? Check(TableReading reading, string? target, IReadOnlyList<string>? features, FaultList faults, string prefix) =>
        new TableCheck(reading, faults, prefix).Check(target, features);

    /// <summary>Columns that are learned from where nobody names any: numbers, and text of few values, each of which is there more than once.</summary>
    public static bool IsOffered(TableColumn column, int rows) =>
        column.Kind == ColumnKind.Number || (column is { Kind: ColumnKind.Text, Values: >= 2 and <= 20 } && column.Values <= rows / 2);

    private bool IsImport => _prefix.Length == 0;

    /// <summary>A choice is made while a table is imported; later, by importing it again.</summary>
    private string Choose => IsImport ? "choose" : "import the table again and choose";

    private TableUse? Check(string? target, IReadOnlyList<string>? features)
    {
        var before = _faults.Count;
        var predicted = Find("target", target ?? _reading.Target);
        int[] learned = features is not null ? [.. features.Select(f => Find("features", f))]
            : target is null || target == _reading.Target ? [.. _reading.Features.Select(_reading.Find)]
            : [.. Enumerable.Range(0, _reading.Columns.Count).Where(j => j != predicted && IsOffered(_reading.Columns[j], _reading.Rows))];
        if (_faults.Count > before)
        {
            return null;
        }

        if (learned.Contains(predicted))
        {
            Add("features", $"\"{_reading.Columns[predicted].Name}\" is what is to be predicted; leave it out of the columns to learn from.");
        }

        if (learned.Distinct().Count() < learned.Length)
        {
            Add("features", "a column stands there twice; give each once.");
        }

        if (learned.Length == 0)
        {
            Add("features", _reading.Columns.Count == 1
                ? $"the table has one column only, \"{_reading.Columns[0].Name}\", and to learn takes two; {Choose} another separator if there are more."
                : $"there is no column to learn \"{_reading.Columns[predicted].Name}\" from; name columns of numbers, or of text with at most {TableColumn.MostCategories} different values.");
        }

        CheckTarget(_reading.Columns[predicted]);
        foreach (var j in learned.Distinct().Where(j => j != predicted))
        {
            CheckFeature(_reading.Columns[j]);
        }

        var numbers = (long)_reading.Rows * learned.Sum(j => (long)_reading.Columns[j].Width);
        if (numbers > MostNumbers)
        {
            Add("features", FormattableString.Invariant($"{_reading.Rows} rows of these columns are {numbers} numbers, and at most {MostNumbers} are taken; leave out some columns, or rows."));
        }

        return _faults.Count > before ? null : new TableUse(predicted, learned);
    }

    private int Find(string field, string column)
    {
        var place = _reading.Find(column);
        if (place < 0)
        {
            var names = _reading.Columns.Select(c => CellText.Shown(c.Name)).ToList();
            Add(field, $"there is no column \"{CellText.Shown(column)}\"; there are {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}.");
        }

        return place;
    }

    private void CheckTarget(TableColumn column)
    {
        CheckCells("target", column);
        if (column.Kind == ColumnKind.Empty)
        {
            Add("target", $"the column \"{column.Name}\" has no values; choose another to predict.");
        }
        else if (column is { Kind: ColumnKind.Text, Values: not (>= 2 and <= TableColumn.MostValues) })
        {
            Add("target", FormattableString.Invariant(
                $"the column \"{column.Name}\" is text with {(column.Values is { } n ? n.ToString(System.Globalization.CultureInfo.InvariantCulture) : "more than " + TableColumn.MostValues)} different values; classes must be 2 to {TableColumn.MostValues}. Choose another to predict."));
        }
    }

    private void CheckFeature(TableColumn column)
    {
        CheckCells("features", column);
        if (column.Kind == ColumnKind.Empty)
        {
            Add("features", $"the column \"{column.Name}\" has no values; leave it out.");
        }
        else if (column is { Kind: ColumnKind.Text, Categories.Count: 0 })
        {
            Add("features", FormattableString.Invariant(
                $"the column \"{column.Name}\" is text with more than {TableColumn.MostCategories} different values, each of which would become a column of 0 and 1; leave it out."));
        }
    }

    private void CheckCells(string field, TableColumn column)
    {
        if (column is { Wrong: > 0, FirstWrong: { } wrong })
        {
            Add(field, FormattableString.Invariant(
                $"line {wrong.Line}, column \"{column.Name}\": \"{CellText.Shown(wrong.Text)}\" is not a number{Others(column.Wrong)}; correct it, leave the column out, or {Choose} another decimal mark or separator of thousands."));
        }

        if (column is { Furthest: { } furthest } && !(column is { Smallest: >= -MostFar, Largest: <= MostFar }))
        {
            Add(field, FormattableString.Invariant(
                $"line {furthest.Line}, column \"{column.Name}\": {CellText.Shown(furthest.Text)} is beyond ±{MostFar:0e0}, where sums of squares are not finite and all other values of the column would become zeros; correct it, or leave the column out."));
        }

        if (column is { Missing: > 0, FirstMissing: { } missing } && _reading.Missing == MissingCells.Refuse)
        {
            Add(IsImport ? "missing" : field, FormattableString.Invariant(
                $"line {missing.Line}, column \"{column.Name}\": there is no value{(missing.Text.Length > 0 ? $" but \"{CellText.Shown(missing.Text)}\"" : "")}{Others(column.Missing)}; fill it in, leave the column out, or {Choose} what becomes of missing cells: drop leaves their rows out, mean takes the column's mean."));
        }
    }

    private static string Others(int count) => count > 1 ? FormattableString.Invariant($", and {count - 1} more in this column") : "";

    private void Add(string field, string message) => _faults.Add(_prefix + field, message);
}
