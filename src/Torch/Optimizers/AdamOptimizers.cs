using Stepsize.Training.Optimizers;
using Stepsize.Training.Optimizers.Mechanics;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>
/// <see cref="Training.Optimizers.Adam"/>, its forms on a prepared gradient, and those whose learning rate decays with t or the losses: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
/// x ← x − s m̂/(√(v̂ + inside) + outside).
/// </summary>
internal sealed class AdamDescent : CoordinateOptimizer
{
    private readonly OptimizerRuns _runs;
    private readonly GradientPreparation _preparation;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _inside;
    private readonly double _outside;
    private readonly double _weightDecay;
    private readonly StepsizeDecay? _decay;
    private readonly StateTensor _axis;
    private readonly StateTensor _m;
    private readonly StateTensor _v;
    private readonly StateTensor? _b;

    public AdamDescent(OptimizerRuns runs)
        : base(runs)
    {
        var options = runs.Options;
        _runs = runs;
        _preparation = GradientPreparation.Of(runs.Definition, options);
        _beta1 = options.Number("beta1");
        _beta2 = options.Number("beta2");
        var isInside = runs.Definition is AdamLoss || (options.Values.ContainsKey("epsilon_inside") && options.Flag("epsilon_inside"));
        (_inside, _outside) = isInside ? (options.Number("epsilon"), 0.0) : (0.0, options.Number("epsilon"));
        _weightDecay = options.Values.ContainsKey(WeightDecay.Id) ? options.Number(WeightDecay.Id) : 0;
        _decay = options.Values.ContainsKey("lr_decay") ? new StepsizeDecay(options) : null;
        _axis = PerRun(s => s.AxisValue);
        _m = Buffer();
        _v = Buffer();
        _b = runs.Definition is AdamLoss ? Accumulators(1, s => s.AxisValue) : null;
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        _preparation.Apply(Layout, x, g);
        AddDecay(x, g, _weightDecay);
        var stepsizes = Stepsizes(loss, context);
        var (m, v) = (_m.Value, _v.Value);
        var correction2 = 1 / (1 - Math.Pow(_beta2, context.Iteration));
        m.mul_(_beta1).add_(g, 1 - _beta1);
        v.mul_(_beta2).addcmul_(g, g, 1 - _beta2);
        var denominator = Denominator(v * correction2);
        x.addcdiv_(m * Typed(stepsizes / (1 - Math.Pow(_beta1, context.Iteration))), denominator, MinusOne);
        return MedianOf(v, middle => stepsizes / Denominator(middle * correction2));
    }

    /// <summary>Before the corrections of the averages, [k, 1].</summary>
    private Tensor Stepsizes(Tensor loss, StepContext<double> context)
    {
        switch (_runs.Definition)
        {
            case AdamLoss:
                _b!.Value.add_(loss.abs().unsqueeze(1) * _runs.Options.Number("alpha"));
                return _b.Value.rsqrt() * _runs.Eta;
            case AdamSqrt:
                return (_axis.Value + context.Iteration).rsqrt() * _runs.Eta;
            default:
                return _axis.Value * (_decay?.Factor(context) ?? 1);
        }
    }

    private Tensor Denominator(Tensor v) => v.add_(_inside).sqrt_().add_(_outside);
}
