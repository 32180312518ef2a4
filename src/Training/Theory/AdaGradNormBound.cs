namespace Stepsize.Training.Theory;

/// <summary>
/// What is proven of AdaGrad-Norm with exact gradients of an L-smooth function (Ward, Wu and Bottou 2020, theorem 2.2 with lemmas 4.1 and 4.2): after
/// N = 1 + ⌈K/ε⌉ iterations the smallest ‖∇F‖² is at most ε, whatever b₀ and η are, with
/// K = 4Δ²/η² + 2b₀Δ/η where b₀ ≥ ηL, and else K = 2LΔ + (2Δ/η + ηLC)² + (ηL)²(1 + C) − b₀², C = 1 + 2 ln(ηL/b₀), Δ = F(x₀) − F*.
/// </summary>
public sealed class AdaGradNormBound
{
    private readonly double _eta;
    private readonly double _excess;

    /// <param name="b0">Greater than 0.</param>
    /// <param name="eta">Greater than 0.</param>
    /// <param name="smoothness">L &gt; 0.</param>
    /// <param name="gap">Δ ≥ 0; an upper bound of it, such as F(x₀) for a loss that is never negative, keeps the theorem true.</param>
    public AdaGradNormBound(double b0, double eta, double smoothness, double gap)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eta);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smoothness);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        _eta = eta;
        Threshold = eta * smoothness;
        StartsBelow = b0 < Threshold;
        var c = StartsBelow ? 1 + (2 * Math.Log(Threshold / b0)) : 0;
        _excess = eta * Threshold * c / 2;
        var descent = 2 * (gap + _excess) / eta;
        LargestB = (StartsBelow ? Threshold : b0) + descent;
        Constant = StartsBelow
            ? (2 * smoothness * gap) + Math.Pow((2 * gap / eta) + (Threshold * c), 2) + (Threshold * Threshold * (1 + c)) - (b0 * b0)
            : (4 * gap * gap / (eta * eta)) + (2 * b0 * gap / eta);
    }

    /// <summary>ηL: once b is above it, the loss falls with every step.</summary>
    public double Threshold { get; }

    /// <summary>Whether b₀ is below the threshold, so that the loss may rise at first.</summary>
    public bool StartsBelow { get; }

    /// <summary>K.</summary>
    public double Constant { get; }

    /// <summary>What b never exceeds: the proof's bound of b in every iteration.</summary>
    public double LargestB { get; }

    /// <summary>η over that: what the stepsize never falls below.</summary>
    public double SmallestStepsize => _eta / LargestB;

    /// <summary>How far the loss can rise above F(x₀): η²LC/2 (lemma 4.2), or nothing.</summary>
    public double LargestRise => _excess;

    /// <summary>What the smallest ‖∇F‖² of the first <paramref name="iterations"/> gradients is at most; ∞ for fewer than two.</summary>
    public double SquaredGradient(int iterations) => iterations < 2 ? double.PositiveInfinity : Constant / (iterations - 1);
}
