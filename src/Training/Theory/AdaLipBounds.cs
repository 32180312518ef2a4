namespace Stepsize.Training.Theory;

/// <summary>
/// Between what AdaLip's average S_t lies (Ioannou, Tagaris and Stafylopatis 2023, lemma 2): M(1 − γ)/(2G + c) ≤ S_t ≤ 1 + G/c, with the largest gradient norm G, the
/// smallest M and a constant c. The learning rate of a layer is lr S_t, and lr in the first iteration.
/// </summary>
/// <param name="Low">Of S_t.</param>
/// <param name="High">Of S_t.</param>
public sealed record AdaLipBounds(double Low, double High)
{
    /// <param name="gradients">Norms of a layer's gradient in every iteration.</param>
    /// <returns>Null where a norm is 0 or not finite: the lemma is about gradients that are neither.</returns>
    public static AdaLipBounds? Of(ReadOnlySpan<float> gradients, double gamma, double c)
    {
        var (smallest, largest) = (double.PositiveInfinity, 0.0);
        foreach (var norm in gradients)
        {
            if (!(norm > 0) || !float.IsFinite(norm))
            {
                return null;
            }

            (smallest, largest) = (Math.Min(smallest, norm), Math.Max(largest, norm));
        }

        return gradients.IsEmpty ? null : new AdaLipBounds(smallest * (1 - gamma) / ((2 * largest) + c), 1 + (largest / c));
    }
}
