using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>A vector that belongs to every row of a matrix: biases and their gradients.</summary>
internal static class RowVectors
{
    /// <summary>Sets each row to the vector.</summary>
    public static void Repeat<T>(ReadOnlySpan<T> vector, Span<T> rows)
    {
        for (var i = 0; i < rows.Length; i += vector.Length)
        {
            vector.CopyTo(rows[i..]);
        }
    }

    /// <summary>Sets the vector to the sum of the rows.</summary>
    public static void Sum<T>(ReadOnlySpan<T> rows, Span<T> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        vector.Clear();
        for (var i = 0; i < rows.Length; i += vector.Length)
        {
            TensorPrimitives.Add(vector, rows.Slice(i, vector.Length), vector);
        }
    }
}
