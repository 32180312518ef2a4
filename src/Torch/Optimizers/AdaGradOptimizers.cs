using Stepsize.Training.Optimizers;
using Stepsize.Training.Optimizers.Mechanics;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary><see cref="AdaGradCoordinate"/> and its forms on a prepared gradient: s ← s + g², x ← x − η g/(√(s + inside) + outside).</summary>
internal sealed class AdaGradDescent : CoordinateOptimizer
{
    /// <summary>ε beside the root, and under it.</summary>
    private const double Outside = 1e-10;

    private const double Inside = 1e-6;

    private readonly GradientPreparation _preparation;
    private readonly double _inside;
    private readonly double _outside;
    private readonly double _weightDecay;
    private readonly StepsizeDecay _decay;
    private readonly StateTensor _eta;
    private readonly StateTensor _s;

    public AdaGradDescent(OptimizerRuns runs)
        : base(runs)
    {
        var isInside = runs.Definition is AdaGradCoordinate && runs.Options.Flag("epsilon_inside");
        var onB0 = runs.Axis == RobustnessAxis.B0;
        _preparation = GradientPreparation.Of(runs.Definition, runs.Options);
        (_inside, _outside) = isInside ? (Inside, 0.0) : (0.0, Outside);
        _weightDecay = runs.Options.Number(WeightDecay.Id);
        _decay = new StepsizeDecay(runs.Options);
        _eta = PerRun(s => onB0 ? runs.Eta : s.AxisValue);
        _s = Buffer(s => onB0 && !isInside ? s.AxisValue * s.AxisValue : 0);
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        _preparation.Apply(Layout, x, g);
        AddDecay(x, g, _weightDecay);
        var eta = _eta.Value * _decay.Factor(context);
        _s.Value.addcmul_(g, g, One);
        x.addcdiv_(g * Typed(eta), Denominator(_s.Value), MinusOne);
        return MedianOf(_s.Value, middle => eta / Denominator(middle));
    }

    private Tensor Denominator(Tensor s) => (s + _inside).sqrt_().add_(_outside);
}

/// <summary><see cref="AdaGradBng"/>: sums of normalised gradients, and stepsizes that give each block's gradient its norm back.</summary>
internal sealed class BlockNormalizedAdaGrad : CoordinateOptimizer
{
    private readonly double _delta;
    private readonly StateTensor _lr;
    private readonly StateTensor _sSquared;

    public BlockNormalizedAdaGrad(OptimizerRuns runs)
        : base(runs)
    {
        _delta = runs.Options.Number("delta");
        _lr = PerRun(s => s.AxisValue);
        _sSquared = Buffer();
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        var norms = BatchedNorms.OfBlocks(Layout, g);
        BatchedNorms.ScaleBlocks(Layout, g, GradientPreparation.Inverse(norms));
        _sSquared.Value.addcmul_(g, g, One);
        var stepsizes = _sSquared.Value.sqrt().add_(_delta).reciprocal_();
        BatchedNorms.ScaleBlocks(Layout, stepsizes, norms * _lr.Value);
        x.addcmul_(stepsizes, g, MinusOne);
        return MedianOf(stepsizes, middle => middle);
    }
}
