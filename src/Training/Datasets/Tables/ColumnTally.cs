namespace Stepsize.Training.Datasets.Tables;

/// <summary>Counts what a column holds, cell by cell, in a format that is known.</summary>
internal sealed class ColumnTally(string name, TableFormat format, int mostValues)
{
    /// <summary>Numbers that tell how far the column spreads.</summary>
    private const int Sampled = 1000;

    private readonly List<double> _sample = [];
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private (int Count, TableCell? First) _missing;
    private (int Count, TableCell? First) _missingNumbers;
    private (int Count, TableCell? First) _wrong;
    private TableCell? _furthest;
    private double _smallest = double.PositiveInfinity;
    private double _largest = double.NegativeInfinity;
    private int _numbers;
    private bool _isWhole = true;

    public void Add(int line, string cell)
    {
        if (CellText.IsMissing(cell))
        {
            Count(ref _missing, line, cell);
            return;
        }

        if (CellText.IsMissingNumber(cell))
        {
            Count(ref _missingNumbers, line, cell);
            _words.Add(cell);
            return;
        }

        if (_values.Count <= mostValues)
        {
            _values.Add(cell);
        }

        if (WrittenNumber.TryParse(cell, format, out var value))
        {
            Add(line, cell, value);
        }
        else
        {
            Count(ref _wrong, line, cell);
        }
    }

    /// <summary>What came out, and a remark on a number that lies far from the others, if there is one.</summary>
    public (TableColumn Column, string? Outlier) Finish()
    {
        var isNumber = _numbers > 0 && _numbers >= _wrong.Count;
        if (!isNumber)
        {
            _values.UnionWith(_words);
        }

        var missing = isNumber
            ? (_missing.Count + _missingNumbers.Count, First: Earlier(_missing.First, _missingNumbers.First))
            : (_missing.Count, _missing.First);
        var isText = !isNumber && _values.Count > 0;
        var column = new TableColumn
        {
            Name = name,
            Kind = isNumber ? ColumnKind.Number : isText ? ColumnKind.Text : ColumnKind.Empty,
            Missing = missing.Item1,
            FirstMissing = missing.First,
            Wrong = isNumber ? _wrong.Count : 0,
            FirstWrong = isNumber ? _wrong.First : null,
            Values = _values.Count <= mostValues ? _values.Count : null,
            Categories = isText && _values.Count <= TableColumn.MostCategories ? [.. _values.Order(StringComparer.Ordinal)] : [],
            Smallest = isNumber && double.IsFinite(_smallest) ? _smallest : null,
            Largest = isNumber && double.IsFinite(_largest) ? _largest : null,
            Furthest = isNumber ? _furthest : null,
            IsWhole = isNumber && _isWhole,
        };
        return (column, isNumber ? Outlier() : null);
    }

    private static void Count(ref (int Count, TableCell? First) tally, int line, string cell) => tally = (tally.Count + 1, tally.First ?? new TableCell(line, cell));

    private static TableCell? Earlier(TableCell? a, TableCell? b) => a is null ? b : b is null || a.Line <= b.Line ? a : b;

    private void Add(int line, string cell, double value)
    {
        _numbers++;
        if (_furthest is null || Math.Abs(value) > Math.Max(Math.Abs(_smallest), Math.Abs(_largest)))
        {
            _furthest = new TableCell(line, cell);
        }

        (_smallest, _largest) = (Math.Min(_smallest, value), Math.Max(_largest, value));
        _isWhole = _isWhole && value == Math.Floor(value);
        if (_sample.Count < Sampled)
        {
            _sample.Add(value);
        }
    }

    /// <summary>Beside a number a million times as far as the others spread, they become one when columns are standardised.</summary>
    private string? Outlier()
    {
        const double Far = 1e6;
        var sorted = _sample.Order().ToArray();
        var (low, middle, high) = (sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]);
        return high > low && Math.Max(_largest - middle, middle - _smallest) > Far * (high - low)
            ? FormattableString.Invariant($"\"{CellText.Shown(_furthest!.Text)}\" in line {_furthest.Line}, column \"{name}\", lies more than a million times as far out as the middle half of the column spreads: standardised, all others become almost one number. Is it a mistake?")
            : null;
    }
}
