namespace Stepsize.Training.Kernels;

/// <summary>What is added to a product: the matrix that is written itself, a row of biases for all its rows, or nothing.</summary>
/// <param name="start">Of its first row; null for nothing.</param>
/// <param name="stride">From row to row; 0 for one row that is the same for all.</param>
internal readonly unsafe struct Addend<T>(T* start, nint stride)
    where T : unmanaged
{
    public static Addend<T> Nothing => default;

    public T* Start { get; } = start;

    /// <summary>The product's own place, where something is there to be added to.</summary>
    public static Addend<T> If(bool accumulate, T* c, nint stride) => accumulate ? new(c, stride) : Nothing;

    public T* Row(int row) => Start == null ? null : Start + (row * stride);

    public Addend<T> Below(int rows) => new(Row(rows), stride);

    public Addend<T> Behind(int columns) => new(Start == null ? null : Start + columns, stride);
}
