using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>A first look at all rows, before it is known what a number is in them: how many columns there are, and which marks numbers have.</summary>
internal sealed class TableScan
{
    private const int MostFaults = 5;

    private readonly List<(int Line, int Cells)> _odd = [];
    private int _oddRows;

    private TableScan(CsvRow first)
    {
        First = first;
        Marks = [.. first.Fields.Select(_ => new MarkTally())];
    }

    /// <summary>The first row, which may be the header.</summary>
    public CsvRow First { get; }

    /// <summary>Columns without those at the end that have neither name nor value.</summary>
    public int Columns { get; private set; }

    /// <summary>Of each column, over all rows but the first.</summary>
    public MarkTally[] Marks { get; }

    public int EmptyRows { get; private set; }

    public bool EmptyRowsAreLast { get; private set; } = true;

    public int FirstEmptyLine { get; private set; }

    /// <summary>Whether rows end with separators behind which nothing stands.</summary>
    public bool HasTrailingSeparators { get; private set; }

    /// <exception cref="InvalidInputException">There is no row at all, or the file cannot be cut into rows.</exception>
    public static TableScan Of(TableSource source, char separator)
    {
        TableScan? scan = null;
        var empty = 0;
        var emptyLine = 0;
        foreach (var row in CsvRows.Read(source, separator))
        {
            if (row.IsEmpty)
            {
                emptyLine = empty++ == 0 ? row.Line : emptyLine;
                continue;
            }

            if (scan is null)
            {
                scan = new TableScan(row) { Columns = Filled(row.Fields) };
                scan.HasTrailingSeparators = scan.Columns < row.Fields.Length;
                continue;
            }

            scan.EmptyRowsAreLast &= empty == 0;
            scan.Add(row);
        }

        if (scan is null)
        {
            throw TableFault.Of(source.Name, "it is empty", "Give a file with a row of names and rows of values.");
        }

        (scan.EmptyRows, scan.FirstEmptyLine) = (empty, emptyLine);
        return scan;
    }

    /// <summary>Adds a fault for each of the first rows that have more or fewer cells than there are columns.</summary>
    public void AddFaults(FaultList faults)
    {
        foreach (var (line, cells) in _odd)
        {
            faults.Add(TableFault.Field, FormattableString.Invariant(
                $"Line {line} has {cells} {(cells == 1 ? "cell" : "cells")} where line {First.Line} has {Columns}; correct the line, or choose another separator. A cell that holds a separator stands in quotation marks."));
        }

        if (_oddRows > _odd.Count)
        {
            faults.Add(TableFault.Field, FormattableString.Invariant($"In all, {_oddRows} lines have another number of cells."));
        }
    }

    private void Add(CsvRow row)
    {
        var filled = Filled(row.Fields);
        var named = First.Fields.Length;
        HasTrailingSeparators |= row.Fields.Length > Math.Max(filled, Columns);
        if (filled > named || row.Fields.Length < Math.Min(named, Columns))
        {
            _oddRows++;
            if (_odd.Count < MostFaults)
            {
                _odd.Add((row.Line, row.Fields.Length));
            }
        }

        Columns = Math.Max(Columns, Math.Min(filled, named));
        for (var j = 0; j < Math.Min(filled, named); j++)
        {
            Marks[j].Add(row.Line, row.Fields[j]);
        }
    }

    /// <summary>Cells up to the last that is not empty.</summary>
    private static int Filled(string[] fields) => Array.FindLastIndex(fields, f => !string.IsNullOrWhiteSpace(f)) + 1;
}
