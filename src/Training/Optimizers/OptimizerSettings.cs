using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers;

/// <summary>One point of an optimizer's grid: its options and the value on its robustness axis.</summary>
public sealed record OptimizerSettings(RobustnessAxis Axis, double AxisValue, OptionSet Options)
{
    /// <summary>η/b₀ where the axis is b₀ (with the option <c>eta</c>), the learning rate itself where it is lr.</summary>
    public double InitialStepsize => Axis == RobustnessAxis.B0 ? Options.Number("eta") / AxisValue : AxisValue;
}
