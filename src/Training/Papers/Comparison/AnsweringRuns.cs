using Stepsize.Training.Options;
using Stepsize.Training.Papers.Protocols;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>Runs that are, or hold, what a cell's template asks for: the same settings, the same length or a longer one that was measured there.</summary>
internal static class AnsweringRuns
{
    /// <param name="groups">Of the template's workload, optimizer and axis.</param>
    /// <returns>With a result or still to come, of the template's axis values.</returns>
    public static IReadOnlyList<StoredRun> Of(ResolvedTemplate resolved, IEnumerable<RunGroup> groups) =>
    [
        .. groups.Where(g => !ProtocolDifferences.OfSettings(resolved, g.Configuration).Any())
            .SelectMany(g => g.Runs)
            .Where(r => (r.HasResult || r.IsUnfinished) && Answers(resolved, r)),
    ];

    private static bool Answers(ResolvedTemplate resolved, StoredRun run)
    {
        var template = resolved.Template;
        return template.Values.Any(v => RunGroup.IsSameValue(run.Configuration.AxisValue, v))
            && (HasLength(resolved, run) || (template.Statistic.CanStopEarlier && !DependsOnLength(resolved.OptimizerOptions) && Measures(run, template.Length)))
            && (!template.Statistic.NeedsEveryEpoch || Enumerable.Range(1, template.Length.Epochs ?? 0).All(run.MeasuresEpoch));
    }

    private static bool HasLength(ResolvedTemplate resolved, StoredRun run)
    {
        var (wanted, configuration) = (resolved.Template.Length, run.Configuration);
        return wanted.Epochs == configuration.Epochs && wanted.Iterations == configuration.Iterations;
    }

    private static bool Measures(StoredRun run, RunLength length) =>
        run.At(length) is not null || (length.Epochs is { } epoch && run.EvaluateAtEpochs.Contains(epoch));

    /// <summary>Whether the stepsize of an iteration depends on how many will follow: then a longer run is another one from the start.</summary>
    private static bool DependsOnLength(OptionSet options) => options.Values.TryGetValue("lr_decay", out var decay) && decay.Equals("exponential");
}
