namespace Stepsize.Training.Theory;

/// <summary>
/// When the stepsize of a linear regression has become small enough to converge (Wu, Xie, Du and Ward 2022, lemma 1): the first N with b_N &gt; ηλ̄₁/2, that is with a
/// stepsize below 2/λ̄₁. Until then the error along the steepest direction grows, so b grows exponentially and not only by what the accuracy asked for allows.
/// </summary>
public static class BurnIn
{
    /// <summary>
    /// The lemma's bound of N for AdaGrad-Norm with exact gradients and 0 &lt; 2b₀ &lt; ηλ̄₁:
    /// N ≤ ln(1 + ((ηλ̄₁)² − 4b₀²)/(ηλ̄₁)²) / ln(1 + 4s₀/η²) + 1.
    /// </summary>
    /// <returns>0 where b₀ is not below the threshold; ∞ where the start has no error along the steepest direction.</returns>
    public static double AdaGradNormBound(double b0, double eta, QuadraticSpectrum spectrum)
    {
        var threshold = eta * spectrum.Largest;
        var ratio = 2 * b0 / threshold;
        return ratio >= 1 ? 0 : (Math.Log(2 - (ratio * ratio)) / double.LogP1(4 * spectrum.TopError / (eta * eta))) + 1;
    }

    /// <summary>The first iteration, counted from 1, whose stepsize is below a limit; null where none is.</summary>
    /// <param name="stepsizes">Of every iteration.</param>
    public static int? FirstBelow(ReadOnlySpan<float> stepsizes, double limit)
    {
        for (var i = 0; i < stepsizes.Length; i++)
        {
            if (stepsizes[i] < limit)
            {
                return i + 1;
            }
        }

        return null;
    }
}
