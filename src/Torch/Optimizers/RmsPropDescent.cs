using Stepsize.Training.Optimizers;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary><see cref="RmsProp"/>: v ← ρ v + (1 − ρ) g², x ← x − lr g/(√v + ε).</summary>
internal sealed class RmsPropDescent : CoordinateOptimizer
{
    private readonly double _rho;
    private readonly double _epsilon;
    private readonly StateTensor _lr;
    private readonly StateTensor _v;

    public RmsPropDescent(OptimizerRuns runs)
        : base(runs)
    {
        _rho = runs.Options.Number("rho");
        _epsilon = runs.Options.Number("epsilon");
        _lr = PerRun(s => s.AxisValue);
        _v = Buffer();
    }

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        _v.Value.mul_(_rho).addcmul_(g, g, 1 - _rho);
        x.addcdiv_(g * Typed(_lr.Value), _v.Value.sqrt().add_(_epsilon), MinusOne);
        return MedianOf(_v.Value, middle => _lr.Value / (middle.sqrt() + _epsilon));
    }
}
