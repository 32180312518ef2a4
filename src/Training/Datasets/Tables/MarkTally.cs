using System.Numerics;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>How often cells of a column are written in which way.</summary>
internal sealed class MarkTally
{
    private readonly int[] _counts = new int[8];
    private readonly TableCell?[] _examples = new TableCell?[8];

    public int Numbers { get; private set; }

    /// <summary>Cells with something that is no number.</summary>
    public int Others { get; private set; }

    /// <summary>Whether it is to be taken for a column of numbers.</summary>
    public bool IsNumeric => Numbers > 0 && Numbers >= Others;

    public void Add(int line, string cell)
    {
        if (!WrittenNumber.TryRecognise(cell, out var marks))
        {
            Others += CellText.IsMissingNumber(cell.AsSpan().Trim()) ? 0 : 1;
            return;
        }

        Numbers++;
        for (var bits = (uint)marks; bits != 0; bits &= bits - 1)
        {
            var place = BitOperations.TrailingZeroCount(bits);
            _counts[place]++;
            _examples[place] ??= new TableCell(line, cell.Trim());
        }
    }

    public int Count(NumberMarks mark) => _counts[BitOperations.TrailingZeroCount((uint)mark)];

    public TableCell? Example(NumberMarks mark) => _examples[BitOperations.TrailingZeroCount((uint)mark)];
}
