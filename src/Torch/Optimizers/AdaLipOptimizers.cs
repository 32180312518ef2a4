using Stepsize.Training.Optimizers;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>What the six forms of AdaLip share: learning rates of tensors from consecutive gradients, or from updates.</summary>
internal abstract class AdaLipDescent : CoordinateOptimizer
{
    /// <summary>ε of the roots.</summary>
    protected const double Epsilon = 1e-8;

    private readonly StateTensor _previous;

    protected AdaLipDescent(OptimizerRuns runs)
        : base(runs)
    {
        Rates = new AdaLipRatesOfRuns(runs, PerRun(s => s.AxisValue), Accumulators(Layout.Count, _ => 1));
        _previous = Buffer();
    }

    protected AdaLipRatesOfRuns Rates { get; }

    /// <summary>The last gradient, or the last update p.</summary>
    protected Tensor Previous => _previous.Value;

    /// <summary>A_t [k, tensors] from the last gradient and this one, which is remembered.</summary>
    protected Tensor RatesOfGradients(Tensor g, int t)
    {
        var rates = RatesOfChange(g, t);
        Previous.copy_(g);
        return rates;
    }

    /// <summary>A_t [k, tensors] from what was remembered and what is now.</summary>
    protected Tensor RatesOfChange(Tensor now, int t) => Rates.Next(
        BatchedNorms.OfTensors(Layout, Previous).sqrt_(), BatchedNorms.OfTensors(Layout, now - Previous).sqrt_(), t);

    /// <summary>Multiplies each parameter tensor by its rate.</summary>
    protected void ScaleTensors(Tensor matrix, Tensor rates)
    {
        var typed = Typed(rates);
        for (var i = 0; i < Layout.Count; i++)
        {
            Layout.Flat(matrix, i).mul_(typed.narrow(1, i, 1));
        }
    }
}

/// <summary><see cref="Training.Optimizers.AdaLip"/>: m ← μ m − A g, x ← x + m.</summary>
internal sealed class AdaLipGradient : AdaLipDescent
{
    private readonly double _momentum;
    private readonly StateTensor _m;

    public AdaLipGradient(OptimizerRuns runs)
        : base(runs)
    {
        _momentum = runs.Options.Number("momentum");
        _m = Buffer();
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        var rates = RatesOfGradients(g, context.Iteration);
        ScaleTensors(g, rates);
        x.add_(_m.Value.mul_(_momentum).sub_(g));
        return MiddleValues.Median(rates);
    }
}

/// <summary><see cref="AdaLipU"/>: u = μ p − α g, p ← μ p − A g, x ← x + p.</summary>
internal sealed class AdaLipUpdate(OptimizerRuns runs) : AdaLipDescent(runs)
{
    private readonly double _momentum = runs.Options.Number("momentum");

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        var wouldMake = (Previous * _momentum).addcmul_(g, Typed(Rates.Base(context.Iteration)), MinusOne);
        var rates = RatesOfChange(wouldMake, context.Iteration);
        ScaleTensors(g, rates);
        x.add_(Previous.mul_(_momentum).sub_(g));
        return MiddleValues.Median(rates);
    }
}

/// <summary>
/// <see cref="RmsLip"/> and <see cref="AdamLip"/>, which estimate from gradients, and <see cref="RmsLipU"/> and <see cref="AdamLipU"/>, which do from updates: x ← x − A d/√(v̂ + 10⁻⁸), where d is g
/// or Adam's m̂.
/// </summary>
internal sealed class AdaLipCoordinates : AdaLipDescent
{
    private readonly bool _fromUpdates;
    private readonly double? _beta1;
    private readonly double _beta2;
    private readonly StateTensor? _m;
    private readonly StateTensor _v;

    public AdaLipCoordinates(OptimizerRuns runs)
        : base(runs)
    {
        _fromUpdates = runs.Definition is RmsLipU or AdamLipU;
        _beta1 = runs.Definition is AdamLip or AdamLipU ? runs.Options.Number("beta1") : null;
        _beta2 = runs.Options.Number("beta2");
        _m = _beta1 is null ? null : Buffer();
        _v = Buffer();
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        var t = context.Iteration;
        var rates = _fromUpdates ? null : RatesOfGradients(g, t);
        _v.Value.mul_(_beta2).addcmul_(g, g, 1 - _beta2);
        var (direction, correction2) = (g, 1.0);
        if (_beta1 is { } beta1)
        {
            _m!.Value.mul_(beta1).add_(g, 1 - beta1);
            direction = _m.Value / (1 - Math.Pow(beta1, t));
            correction2 = 1 / (1 - Math.Pow(_beta2, t));
        }

        var stepsizes = (_v.Value * correction2).add_(Epsilon).rsqrt_();
        rates ??= RatesOfChange(stepsizes * direction * -Typed(Rates.Base(t)), t);
        ScaleTensors(stepsizes, rates);
        if (_fromUpdates)
        {
            x.sub_(stepsizes * direction);
            Previous.copy_((stepsizes * direction).neg_());
        }
        else
        {
            x.addcmul_(stepsizes, direction, MinusOne);
        }

        return MedianOf(stepsizes, middle => middle);
    }
}
