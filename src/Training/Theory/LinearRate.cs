namespace Stepsize.Training.Theory;

/// <summary>
/// How fast gradient descent goes on a quadratic with the stepsizes that it took. Along the i-th eigenvector the squared error is multiplied by (1 − η_t λ_i)² in each
/// iteration (Wu, Xie, Du and Ward 2022, equation 7), so F − F* by at most the largest of these: max((1 − η_t λ_min)², (1 − η_t λ̄₁)²). It is below 1, and
/// convergence linear, once η_t is below 2/λ̄₁ (their theorem 1).
/// </summary>
public static class LinearRate
{
    /// <summary>Bounds of F − F* before each iteration.</summary>
    /// <param name="stepsizes">η_t of each iteration.</param>
    /// <param name="smallest">λ_min, the smallest eigenvalue that is not 0.</param>
    /// <param name="largest">λ̄₁.</param>
    /// <param name="gap">F(x₀) − F*.</param>
    public static double[] Bounds(ReadOnlySpan<float> stepsizes, double smallest, double largest, double gap)
    {
        var bounds = new double[stepsizes.Length];
        for (var t = 0; t < bounds.Length; t++)
        {
            bounds[t] = gap;
            var slow = Math.Abs(1 - (stepsizes[t] * smallest));
            var steep = Math.Abs(1 - (stepsizes[t] * largest));
            var factor = Math.Max(slow, steep);
            gap *= factor * factor;
        }

        return bounds;
    }
}
