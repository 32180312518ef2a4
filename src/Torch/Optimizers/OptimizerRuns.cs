using Stepsize.Torch.Parameters;
using Stepsize.Training.Options;
using Stepsize.Training.Optimizers;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>What a batched optimizer is made for: k runs that differ in nothing but their axis values, and where their numbers are.</summary>
/// <param name="Settings">Of each run; one optimizer, axis and set of options.</param>
/// <param name="Type">Of parameters and gradients.</param>
internal sealed record OptimizerRuns(OptimizerDefinition Definition, IReadOnlyList<OptimizerSettings> Settings, BatchedLayout Layout, ScalarType Type, Device Device)
{
    /// <summary>k.</summary>
    public int Count => Settings.Count;

    /// <summary>Of all of them.</summary>
    public OptionSet Options => Settings[0].Options;

    public RobustnessAxis Axis => Settings[0].Axis;

    /// <summary>η; 1 where the optimizer has none.</summary>
    public double Eta => Options.Values.ContainsKey("eta") ? Options.Number("eta") : 1;
}
