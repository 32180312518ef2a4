using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers;

/// <summary>One point of an optimizer's grid: its options and the value on its robustness axis.</summary>
public sealed record OptimizerSettings(RobustnessAxis Axis, double AxisValue, OptionSet Options);
