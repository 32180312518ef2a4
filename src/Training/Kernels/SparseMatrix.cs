using System.Numerics;

namespace Stepsize.Training.Kernels;

/// <summary>
/// Constant data as rows of non-zeros, prepared once and shared by all threads: of MNIST's pixels four in five are zero, and what is zero once is zero
/// in every epoch of every run.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SparseMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Share of non-zeros up to which <see cref="SparseProduct"/> beats <see cref="MatrixProduct"/> in a network's first layer, measured with 10, 100 and 300
    /// outputs (docs/performance.md).
    /// </summary>
    public const double WorthwhileDensity = 0.3;

    /// <summary>Most columns: their numbers are kept in 16 bits, for the lists are read from memory at every iteration.</summary>
    public const int MaximumColumns = ushort.MaxValue + 1;

    private SparseMatrix(int rows, int columns, long[] starts, ushort[] indices, T[] values)
    {
        Rows = rows;
        Columns = columns;
        Starts = starts;
        Indices = indices;
        Values = values;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Share of elements that are not zero.</summary>
    public double Density => Values.Length == 0 ? 0 : (double)Starts[Rows] / ((double)Rows * Columns);

    /// <summary>Where each row begins in the lists, and where the last one ends.</summary>
    internal long[] Starts { get; }

    /// <summary>Columns of the non-zeros, ascending in each row; pinned.</summary>
    internal ushort[] Indices { get; }

    /// <summary>The non-zeros; pinned.</summary>
    internal T[] Values { get; }

    /// <summary>Lists the elements that are not zero; NaN is one of them.</summary>
    /// <param name="dense">Row-major.</param>
    /// <param name="columns">1 to <see cref="MaximumColumns"/>.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, or the columns too many.</exception>
    public static SparseMatrix<T> From(ReadOnlySpan<T> dense, int columns)
    {
        if (columns is < 1 or > MaximumColumns || dense.Length % columns != 0)
        {
            throw new ArgumentException($"{dense.Length} values are not rows of {columns} columns (1 to {MaximumColumns}).", nameof(columns));
        }

        var rows = dense.Length / columns;
        var starts = new long[rows + 1];
        var count = dense.Length - dense.Count(T.Zero);
        var indices = GC.AllocateUninitializedArray<ushort>(count, pinned: true);
        var values = GC.AllocateUninitializedArray<T>(count, pinned: true);
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            var elements = dense.Slice(row * columns, columns);
            for (var column = 0; column < columns; column++)
            {
                if (elements[column] != T.Zero)
                {
                    indices[next] = (ushort)column;
                    values[next++] = elements[column];
                }
            }

            starts[row + 1] = next;
        }

        return new SparseMatrix<T>(rows, columns, starts, indices, values);
    }
}
