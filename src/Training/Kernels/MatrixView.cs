namespace Stepsize.Training.Kernels;

/// <summary>A row-major matrix in somebody's memory: what products write to.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct MatrixView<T>
    where T : unmanaged
{
    /// <param name="values">Row i begins at <c>values[i * stride]</c>.</param>
    /// <param name="rows">At least 0.</param>
    /// <param name="columns">At least 0.</param>
    /// <param name="stride">Elements from one row to the next; the columns where not given.</param>
    /// <exception cref="ArgumentException">The values end before the last row does.</exception>
    public MatrixView(Span<T> values, int rows, int columns, int stride = 0)
    {
        Values = values;
        Rows = rows;
        Columns = columns;
        Stride = stride == 0 ? columns : stride;
        MatrixShape.Check(values.Length, rows, columns, Stride);
    }

    public Span<T> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Elements from one row to the next.</summary>
    public int Stride { get; }
}

/// <summary>A matrix that products read, as it lies in memory or transposed.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct ReadOnlyMatrixView<T>
    where T : unmanaged
{
    /// <summary>A row-major matrix.</summary>
    /// <inheritdoc cref="MatrixView{T}(Span{T}, int, int, int)"/>
    public ReadOnlyMatrixView(ReadOnlySpan<T> values, int rows, int columns, int stride = 0)
        : this(values, rows, columns, stride == 0 ? columns : stride, 1)
    {
        MatrixShape.Check(values.Length, rows, columns, RowStride);
    }

    private ReadOnlyMatrixView(ReadOnlySpan<T> values, int rows, int columns, int rowStride, int columnStride)
    {
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    public ReadOnlySpan<T> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Elements from one row to the next; 1 where the matrix is the transpose of what lies in memory.</summary>
    public int RowStride { get; }

    /// <summary>Elements from one column to the next; 1 where the matrix lies in memory as it is.</summary>
    public int ColumnStride { get; }

    /// <summary>The transpose; nothing is copied.</summary>
    public ReadOnlyMatrixView<T> Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    public static implicit operator ReadOnlyMatrixView<T>(MatrixView<T> view) => new(view.Values, view.Rows, view.Columns, view.Stride);
}

internal static class MatrixShape
{
    public static void Check(int length, int rows, int columns, int stride)
    {
        if (rows < 0 || columns < 0 || stride < columns)
        {
            throw new ArgumentException($"A matrix needs sizes of at least 0 and a stride no less than its columns: {rows} × {columns}, stride {stride} given.", nameof(stride));
        }

        if (rows > 0 && ((long)(rows - 1) * stride) + columns > length)
        {
            throw new ArgumentException($"{rows} × {columns} elements with stride {stride} do not fit {length} values.", nameof(length));
        }
    }
}
