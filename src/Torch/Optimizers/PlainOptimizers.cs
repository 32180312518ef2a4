using Stepsize.Training.Optimizers;
using Stepsize.Training.Optimizers.Mechanics;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>One stepsize a run that does not depend on gradients: x ← x − s (g + λ x).</summary>
internal abstract class PlainOptimizer(OptimizerRuns runs) : BatchedOptimizer(runs)
{
    /// <param name="stepsizes">s [k, 1], in double.</param>
    /// <param name="decay">λ [k, 1], in double; null for 0.</param>
    protected Tensor Update(Tensor x, Tensor g, Tensor stepsizes, Tensor? decay)
    {
        if (decay is not null)
        {
            g.addcmul_(x, Typed(decay), One);
        }

        Take(x, g, stepsizes);
        return stepsizes.squeeze(1);
    }
}

/// <summary><see cref="SgdConstant"/> and <see cref="SgdDecaySqrt"/>.</summary>
internal sealed class ScheduledDescent : PlainOptimizer
{
    private readonly OptimizerRuns _runs;
    private readonly StateTensor _b0;
    private readonly StateTensor _initial;

    public ScheduledDescent(OptimizerRuns runs)
        : base(runs)
    {
        _runs = runs;
        _b0 = PerRun(s => s.AxisValue);
        _initial = PerRun(runs.Definition.InitialStepsize);
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        var stepsizes = _runs.Definition is SgdConstant ? _initial.Value.clone() : Scheduled(context.Iteration);
        var decay = _runs.Options.Number(WeightDecay.Id);
        var isByEta = _runs.Options.Choice(WeightDecay.Scale.Id) != (string)WeightDecay.Scale.Default;
        return Update(x, g, stepsizes, decay == 0 ? null : isByEta ? stepsizes.reciprocal() * (decay * _runs.Eta) : full_like(stepsizes, decay));
    }

    private Tensor Scheduled(int t) => _runs.Options.Choice("schedule") switch
    {
        "multiplicative" => (_b0.Value * Math.Sqrt(t)).reciprocal_() * _runs.Eta,
        "rooted" => (_b0.Value.square() + (_runs.Options.Number("alpha") * t)).rsqrt() * _runs.Eta,
        _ => (_b0.Value + (_runs.Options.Number("c_s") * Math.Sqrt(t))).reciprocal_() * _runs.Eta,
    };
}

/// <summary><see cref="Training.Optimizers.AdaLoss"/>: b² grows by the losses.</summary>
internal sealed class LossDescent : PlainOptimizer
{
    private readonly OptimizerRuns _runs;
    private readonly StateTensor _bSquared;

    public LossDescent(OptimizerRuns runs)
        : base(runs)
    {
        _runs = runs;
        _bSquared = Accumulators(1, s => s.AxisValue * s.AxisValue);
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        var alpha = _runs.Options.Number("alpha");
        double n = context.BatchSize;
        var growth = _runs.Options.Flag("theorem3")
            ? loss.abs() * (alpha * alpha * Math.Sqrt(n) * 2 * n)
            : (loss - _runs.Options.Number("c")).abs() * alpha;
        _bSquared.Value.add_(growth.unsqueeze(1));
        var b = _bSquared.Value.sqrt();
        var decay = _runs.Options.Number(WeightDecay.Id);
        return Update(x, g, b.reciprocal() * _runs.Eta, decay == 0 ? null : b * decay);
    }
}
