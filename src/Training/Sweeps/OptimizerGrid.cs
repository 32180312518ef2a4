using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;

namespace Stepsize.Training.Sweeps;

/// <summary>One row of a sweep: an optimizer with its options, and the values of its robustness axis.</summary>
public sealed record OptimizerGrid(OptimizerDefinition Optimizer, RobustnessAxis Axis, IReadOnlyList<double> Values, OptionSet Options);
