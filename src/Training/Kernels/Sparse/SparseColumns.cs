using System.Numerics;
using System.Runtime.CompilerServices;

namespace Stepsize.Training.Kernels.Sparse;

/// <summary>One column's non-zeros among the rows of a block: each 16 bits, the row in the lower ones and the value's code in the upper.</summary>
internal unsafe struct ColumnList
{
    public const uint RowMask = 0xFF;
    public const int CodeShift = 8;

    public ushort* Entries;
    public byte* Count;

    /// <summary>The next column's.</summary>
    public readonly ColumnList Next => new() { Entries = Entries + SparseColumns.BlockRows, Count = Count + 1 };
}

/// <summary>What does not depend on the type of the values.</summary>
internal static class SparseColumns
{
    /// <summary>Rows of a block: the gradients of their outputs, 64 KiB, are what a first-level cache nearly holds. Must fit a byte.</summary>
    public const int BlockRows = 128;
}

/// <summary>
/// A mini-batch's non-zeros sorted by column, in blocks of rows. Made anew for each mini-batch, once for all runs that train on it: with it, weight gradients
/// are sums in registers (<see cref="ColumnGather"/>), which take half the time of adding to memory.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed unsafe class SparseColumns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Wider batches are not sorted: their lists would take more memory than the data.</summary>
    private const int MostExamples = 4096;

    private readonly int _columns;
    private readonly int _batchSize;
    private readonly ushort[] _entries;
    private readonly byte[] _counts;

    /// <exception cref="ArgumentException">The matrix or the batch is not of the kind that <see cref="Suits"/>.</exception>
    public SparseColumns(SparseMatrix<T> matrix, int batchSize)
    {
        if (!Suits(matrix, batchSize))
        {
            throw new ArgumentException($"Values must be kept as codes, and a batch have 1 to {MostExamples} examples; {batchSize} given.", nameof(batchSize));
        }

        _columns = matrix.Columns;
        _batchSize = batchSize;
        var lists = (batchSize + SparseColumns.BlockRows - 1) / SparseColumns.BlockRows * _columns;
        _entries = GC.AllocateUninitializedArray<ushort>(lists * SparseColumns.BlockRows, pinned: true);
        _counts = GC.AllocateArray<byte>(lists, pinned: true);
    }

    /// <summary>Examples that are sorted at present; 0 before the first <see cref="Sort"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Whether mini-batches of the matrix can be sorted: its values are codes, and the batch is not very wide.</summary>
    public static bool Suits(SparseMatrix<T> matrix, int batchSize) => matrix.Codes is not null && batchSize is > 0 and <= MostExamples;

    /// <summary>Sorts the given rows of the matrix.</summary>
    /// <exception cref="ArgumentException">They are more than the batch size, or not all of the matrix.</exception>
    public void Sort(SparseMatrix<T> matrix, ReadOnlySpan<int> examples)
    {
        if (examples.Length > _batchSize || matrix.Columns != _columns || matrix.Codes is null)
        {
            throw new ArgumentException($"{examples.Length} rows of {matrix.Columns} columns do not fit lists of {_batchSize} × {_columns}.", nameof(examples));
        }

        matrix.CheckRows(examples);
        _counts.AsSpan().Clear();
        fixed (int* rows = examples)
        {
            for (var first = 0; first < examples.Length; first += SparseColumns.BlockRows)
            {
                SortBlock(matrix, rows + first, Math.Min(SparseColumns.BlockRows, examples.Length - first), examples.Length - first, First(first, 0));
            }
        }

        Count = examples.Length;
    }

    /// <summary>A column's list in the block that begins at a row. The arrays are pinned, so it stays where it is.</summary>
    internal ColumnList First(int row, int column)
    {
        var list = (row / SparseColumns.BlockRows * _columns) + column;
        return new ColumnList
        {
            Entries = (ushort*)Unsafe.AsPointer(ref _entries[list * SparseColumns.BlockRows]),
            Count = (byte*)Unsafe.AsPointer(ref _counts[list]),
        };
    }

    /// <param name="rows">The block's rows, and those behind it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortBlock(SparseMatrix<T> matrix, int* rows, int count, int left, ColumnList first)
    {
        var entries = first.Entries;
        var counts = first.Count;
        fixed (long* starts = matrix.Starts)
        fixed (ushort* indices = matrix.Indices)
        fixed (byte* codes = matrix.Codes)
        {
            for (var row = 0; row < count; row++)
            {
                if (row + SparseRow<T>.Ahead < left)
                {
                    var (start, stop) = (starts[rows[row + SparseRow<T>.Ahead]], starts[rows[row + SparseRow<T>.Ahead] + 1]);
                    CacheLines.Prefetch(indices + start, (nint)(stop - start) * sizeof(ushort));
                    CacheLines.Prefetch(codes + start, (nint)(stop - start));
                }

                var end = starts[rows[row] + 1];
                for (var i = starts[rows[row]]; i < end; i++)
                {
                    nint column = indices[i];
                    nint place = counts[column];
                    counts[column] = (byte)(place + 1);
                    entries[(column * SparseColumns.BlockRows) + place] = (ushort)(row | (codes[i] << ColumnList.CodeShift));
                }
            }
        }
    }
}
