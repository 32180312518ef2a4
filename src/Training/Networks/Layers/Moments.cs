using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>Mean and variance of a row, and the gradient through them.</summary>
internal static class Moments
{
    /// <summary>x̂ = (x − mean)/√(variance + ε), with the variance over all elements; the mean first, for the sake of cancellation.</summary>
    /// <returns>1/√(variance + ε).</returns>
    public static T Normalise<T>(ReadOnlySpan<T> x, double epsilon, Span<T> normalised)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = T.CreateChecked(x.Length);
        TensorPrimitives.Subtract(x, TensorPrimitives.Sum(x) / count, normalised);
        var variance = TensorPrimitives.SumOfSquares<T>(normalised) / count;
        var inverse = T.One / T.Sqrt(variance + T.CreateChecked(epsilon));
        TensorPrimitives.Multiply(normalised, inverse, normalised);
        return inverse;
    }

    /// <summary>dx = (g − mean(g) − x̂ mean(g x̂)) / √(variance + ε), where g is the gradient with respect to x̂.</summary>
    public static void Backward<T>(ReadOnlySpan<T> g, ReadOnlySpan<T> normalised, T inverse, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = T.CreateChecked(g.Length);
        var slope = TensorPrimitives.Dot(g, normalised) / count;
        var mean = TensorPrimitives.Sum(g) / count;
        for (var i = 0; i < g.Length; i++)
        {
            dx[i] = (g[i] - mean - (normalised[i] * slope)) * inverse;
        }
    }
}
