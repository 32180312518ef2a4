using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Networks.Layers;

/// <summary>A vector that belongs to every row of a matrix, such as a bias.</summary>
internal static class RowVectors
{
    /// <summary>Sets the vector to the sum of the rows.</summary>
    public static void Sum<T>(ReadOnlySpan<T> rows, Span<T> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ColumnSums.Of(InstructionSets.Best, rows, vector);
}
