using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

/// <summary>What a rule may know of an iteration.</summary>
internal sealed record Iteration(int T, double Loss, Func<double[], double> LossAt, int BatchSize, int IterationsPerEpoch, int TotalIterations);

/// <summary>One step of a rule: changes x, returns all stepsizes that multiplied something.</summary>
internal delegate double[] TranscribedStep(double[] x, double[] g, Iteration iteration);

/// <summary>
/// An optimizer's rule written down once more, in scalar loops over double arrays, without regard to speed and without anything of the product but the
/// table of tensors: what the product is checked against.
/// </summary>
internal sealed record Transcription(string Id, Func<OptimizerSettings, ParameterLayout, TranscribedStep> Start)
{
    public static IReadOnlyDictionary<string, Transcription> All { get; } =
        new[] { Baselines.All, AdaGradNorms.All, AdaLosses.All, AdaLips.All, BlockNormalized.All }.SelectMany(t => t).ToDictionary(t => t.Id);

    /// <summary>The learning rate's decay: a factor, or 1 where the optimizer has no such options.</summary>
    public static double Decay(OptionSet options, Iteration iteration)
    {
        if (!options.Values.ContainsKey("lr_decay"))
        {
            return 1;
        }

        var factor = options.Number("lr_decay_factor");
        switch (options.Choice("lr_decay"))
        {
            case "step":
                var result = 1.0;
                foreach (var epoch in options.Numbers("lr_decay_epochs"))
                {
                    if ((iteration.T - 1) / (double)iteration.IterationsPerEpoch >= epoch)
                    {
                        result *= factor;
                    }
                }

                return result;
            case "exponential":
                return Math.Pow(factor, (iteration.T - 1.0) / iteration.TotalIterations);
            default:
                return 1;
        }
    }

    /// <summary>g + λ x.</summary>
    public static double[] WithDecay(double[] x, double[] g, OptionSet options)
    {
        var lambda = options.Number("weight_decay");
        return [.. g.Zip(x, (gi, xi) => gi + (lambda * xi))];
    }

    public static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));

    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
