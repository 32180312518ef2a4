using Stepsize.Training.Faults;
using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>
/// Decay of the learning rate by steps or exponentially, as the experiments of "Block-normalized gradient" (ICLR 2018 submission) use it on CIFAR
/// (a factor of 0.1 after epochs 80 and 120) and ImageNet (0.001, exponential).
/// </summary>
internal sealed class StepsizeDecay
{
    private const string None = "none";
    private const string Step = "step";
    private const string Exponential = "exponential";
    private readonly string _kind;
    private readonly double _factor;
    private readonly double[] _epochs;

    public StepsizeDecay(OptionSet options)
    {
        _kind = options.Choice("lr_decay");
        _factor = options.Number("lr_decay_factor");
        _epochs = options.Numbers("lr_decay_epochs");
    }

    public static IReadOnlyList<OptionDefinition> Options { get; } =
    [
        OptionDefinition.Choice(
            "lr_decay", None, [None, Step, Exponential], "How the stepsize decays: not at all, by steps after given epochs, or exponentially over the run."),
        OptionDefinition.Number(
            "lr_decay_factor", 0.1, "Factor of each step; with exponential decay, the share of the stepsize that is left at the end of the run.", 0, 1, true, true),
        OptionDefinition.Numbers("lr_decay_epochs", [80, 120], "The two epochs after which the stepsize is multiplied by the factor.", 0, true),
    ];

    public static void Check(OptionSet options, string field, FaultList faults)
    {
        var kind = options.Choice("lr_decay");
        if (kind == None)
        {
            UnusedOption.Refuse(Options[1], options, "lr_decay is none", "set lr_decay to step or exponential", field, faults);
        }

        if (kind != Step)
        {
            UnusedOption.Refuse(Options[2], options, $"lr_decay is {kind}", "set lr_decay to step", field, faults);
        }

        var epochs = options.Numbers("lr_decay_epochs");
        if (epochs[0] >= epochs[1])
        {
            faults.Add($"{field}.lr_decay_epochs", FormattableString.Invariant($"[{epochs[0]}, {epochs[1]}] do not ascend; give the earlier epoch first."));
        }
    }

    /// <summary>What multiplies the stepsize in this iteration; 1 at the start.</summary>
    public double Factor<T>(StepContext<T> context)
    {
        var made = context.Iteration - 1;
        return _kind switch
        {
            Step => Math.Pow(_factor, StepsMade(made, context.IterationsPerEpoch)),
            Exponential => Math.Pow(_factor, made / (double)context.TotalIterations),
            _ => 1,
        };
    }

    private int StepsMade(int iterations, int iterationsPerEpoch)
    {
        var steps = 0;
        foreach (var epoch in _epochs)
        {
            steps += iterations >= epoch * iterationsPerEpoch ? 1 : 0;
        }

        return steps;
    }
}
