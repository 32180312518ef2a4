using System.Numerics;

namespace Stepsize.Training.Kernels;

/// <summary>Where the largest of some values is.</summary>
/// <remarks>
/// Not by <c>TensorPrimitives.IndexOfMax</c>: it keeps indices in the bits of floating-point numbers, small ones as denormals, and training threads take denormals for zero.
/// There it is wrong for most inputs.
/// </remarks>
internal static class LargestValue
{
    /// <summary>Index of the largest value: the first of equal ones, and NaN before any number.</summary>
    /// <param name="values">At least one.</param>
    public static int IndexOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var best = 0;
        for (var i = 1; i < values.Length && !T.IsNaN(values[best]); i++)
        {
            if (values[i] > values[best] || T.IsNaN(values[i]))
            {
                best = i;
            }
        }

        return best;
    }
}
