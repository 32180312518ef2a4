using Stepsize.Training.Optimizers;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>
/// The learning rates of the tensors of k runs that AdaLip and its forms share, as <see cref="AdaLipRates"/> has them: ℓ = ‖p‖/(‖d‖ + c), S_t = γ S_{t−1} + (1 − γ) ℓ,
/// A_t = α_t S_t, but A_1 = α_1.
/// </summary>
/// <param name="lr">[k, 1].</param>
/// <param name="averages">S [k, tensors]: state, 1 at first.</param>
internal sealed class AdaLipRatesOfRuns(OptimizerRuns runs, StateTensor lr, StateTensor averages)
{
    /// <summary>Positive, so that a gradient that stays 0 does not give 0/0.</summary>
    private const double PositiveZero = 2.2250738585072014e-308;

    private readonly double _gamma = runs.Options.Number("gamma");
    private readonly bool _isInverseSqrt = runs.Options.Choice("lr_schedule") == "inverse-sqrt";
    private readonly bool _isTheoretical = runs.Options.Choice("c") == "theoretical";
    private readonly double _c = runs.Options.Number("c_constant");

    /// <summary>α_t [k, 1], the learning rate before AdaLip's factor.</summary>
    public Tensor Base(int t) => lr.Value * (_isInverseSqrt ? 1 / Math.Sqrt(t) : 1);

    /// <summary>Updates S and returns A_t [k, tensors].</summary>
    /// <param name="previous">‖p‖ of each tensor: of the last gradient, or the last update.</param>
    /// <param name="distance">‖d‖: between the last and this one.</param>
    public Tensor Next(Tensor previous, Tensor distance, int t)
    {
        var s = averages.Value;
        var divisor = _isTheoretical && t >= 2 ? distance + LeastC(s, previous, distance, t) : distance + _c;
        s.mul_(_gamma).add_(previous / divisor, 1 - _gamma);
        return t == 1 ? Base(t).expand_as(s) : s * Base(t);
    }

    private Tensor LeastC(Tensor average, Tensor previous, Tensor distance, int t)
    {
        var least = (previous * (1 - _gamma) / (average * (Math.Sqrt(t / (t - 1.0)) - _gamma))) - distance;
        return maximum(least, full_like(least, PositiveZero));
    }
}
