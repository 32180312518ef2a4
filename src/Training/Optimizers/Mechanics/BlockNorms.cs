using System.Numerics;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>
/// Norms of blocks and normalisation by them. A block is all tensors of a layer, weight and bias together ("Block-normalized gradient", ICLR 2018
/// submission, section 4).
/// </summary>
internal sealed class BlockNorms<T>(ParameterLayout layout)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterSegment[] _tensors = [.. layout.Segments];
    private readonly double[] _norms = new double[layout.BlockCount];
    private readonly double[] _others = new double[layout.BlockCount];

    /// <summary>‖v_i‖ for each block i. Valid until the next call.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<T> values) => Of(values, _norms);

    /// <summary>Makes g_i/‖g_i‖ of each block; a zero block stays zero.</summary>
    /// <returns>‖g_i‖ before. Valid until the next call.</returns>
    public ReadOnlySpan<double> Normalise(Span<T> g)
    {
        var norms = Of(g, _norms);
        foreach (var segment in _tensors)
        {
            Divide(segment.Of(g), norms[segment.Block]);
        }

        return norms;
    }

    /// <summary>Makes α ‖x_i‖ g_i/‖g_i‖ of each block; a zero block stays zero.</summary>
    public void NormaliseTo(ReadOnlySpan<T> x, double alpha, Span<T> g)
    {
        var gradientNorms = Of(g, _norms);
        var parameterNorms = Of(x, _others);
        foreach (var segment in _tensors)
        {
            Divide(segment.Of(g), gradientNorms[segment.Block]);
            PlainStep.Scale(segment.Of(g), parameterNorms[segment.Block] * alpha);
        }
    }

    private ReadOnlySpan<double> Of(ReadOnlySpan<T> values, double[] norms)
    {
        Array.Clear(norms);
        foreach (var segment in _tensors)
        {
            norms[segment.Block] += Norms.Squared(segment.Of(values));
        }

        for (var i = 0; i < norms.Length; i++)
        {
            norms[i] = Math.Sqrt(norms[i]);
        }

        return norms;
    }

    /// <summary>Multiplies by 1/norm, in two steps where 1/norm would overflow <typeparamref name="T"/>.</summary>
    private static void Divide(Span<T> values, double norm)
    {
        if (norm == 0)
        {
            return;
        }

        if (norm < 1e-30)
        {
            PlainStep.Scale(values, 1e25);
            norm *= 1e25;
        }

        PlainStep.Scale(values, 1 / norm);
    }
}
