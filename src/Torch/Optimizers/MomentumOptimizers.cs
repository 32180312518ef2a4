using Stepsize.Training.Optimizers;
using Stepsize.Training.Optimizers.Mechanics;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary><see cref="SgdMomentum"/> and its forms on a prepared gradient: m ← μ m + g + λ x, x ← x − s m.</summary>
internal sealed class MomentumDescent : BatchedOptimizer
{
    private readonly GradientPreparation _preparation;
    private readonly TorchSharp.Scalar _momentum;
    private readonly double _weightDecay;
    private readonly StepsizeDecay _decay;
    private readonly StateTensor _stepsizes;
    private readonly StateTensor _m;

    public MomentumDescent(OptimizerRuns runs)
        : base(runs)
    {
        _preparation = GradientPreparation.Of(runs.Definition, runs.Options);
        _momentum = runs.Options.Number("momentum");
        _weightDecay = runs.Options.Number(WeightDecay.Id);
        _decay = new StepsizeDecay(runs.Options);
        _stepsizes = PerRun(runs.Definition.InitialStepsize);
        _m = Buffer();
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        _preparation.Apply(Layout, x, g);
        AddDecay(x, g, _weightDecay);
        _m.Value.mul_(_momentum).add_(g);
        var stepsizes = _stepsizes.Value * _decay.Factor(context);
        Take(x, _m.Value, stepsizes);
        return stepsizes.squeeze(1);
    }
}
