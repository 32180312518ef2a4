using System.Numerics;

namespace Stepsize.Training.Kernels.Sparse;

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

    private SparseMatrix(int rows, int columns, long[] starts, ushort[] indices, T[] values, byte[]? codes)
    {
        Rows = rows;
        Columns = columns;
        Starts = starts;
        Indices = indices;
        Values = values;
        Codes = codes;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Share of elements that are not zero.</summary>
    public double Density => Rows == 0 ? 0 : (double)Starts[Rows] / ((double)Rows * Columns);

    /// <summary>Where each row begins in the lists, and where the last one ends.</summary>
    internal long[] Starts { get; }

    /// <summary>Columns of the non-zeros, ascending in each row; pinned.</summary>
    internal ushort[] Indices { get; }

    /// <summary>The non-zeros; where there are codes, the different ones, at most 256. Pinned.</summary>
    internal T[] Values { get; }

    /// <summary>
    /// Which of the values each non-zero is, where a byte can say that, as it can of pixels: what is read from memory at every iteration is then half as much,
    /// and all of MNIST fits a third-level cache. Pinned.
    /// </summary>
    internal byte[]? Codes { get; }

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
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            var elements = dense.Slice(row * columns, columns);
            for (var column = 0; column < columns; column++)
            {
                if (elements[column] != T.Zero)
                {
                    indices[next++] = (ushort)column;
                }
            }

            starts[row + 1] = next;
        }

        return Encode(dense, count) is { } encoded
            ? new SparseMatrix<T>(rows, columns, starts, indices, encoded.Values, encoded.Codes)
            : new SparseMatrix<T>(rows, columns, starts, indices, NonZeros(dense, count), null);
    }

    /// <exception cref="ArgumentException">One of them is not a row.</exception>
    internal void CheckRows(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)Rows)
            {
                throw new ArgumentException($"Example {row} is not one of {Rows}.", nameof(rows));
            }
        }
    }

    private static T[] NonZeros(ReadOnlySpan<T> dense, int count)
    {
        var values = GC.AllocateUninitializedArray<T>(count, pinned: true);
        var next = 0;
        foreach (var value in dense)
        {
            if (value != T.Zero)
            {
                values[next++] = value;
            }
        }

        return values;
    }

    /// <summary>The different non-zeros, and which one each is; null if they are too many.</summary>
    private static (T[] Values, byte[] Codes)? Encode(ReadOnlySpan<T> dense, int count)
    {
        const int MostValues = byte.MaxValue + 1;
        var known = new Dictionary<T, byte>();
        var values = GC.AllocateArray<T>(MostValues, pinned: true);
        var codes = GC.AllocateUninitializedArray<byte>(count, pinned: true);
        var next = 0;
        foreach (var value in dense)
        {
            if (value == T.Zero)
            {
                continue;
            }

            if (!known.TryGetValue(value, out var code))
            {
                if (known.Count == MostValues)
                {
                    return null;
                }

                code = (byte)known.Count;
                known.Add(value, code);
                values[code] = value;
            }

            codes[next++] = code;
        }

        return (values, codes);
    }
}
