using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Papers.Statistics;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>
/// Finds the runs behind a cell and compares. Runs that answer the cell's template are taken together, from whatever sweeps they are; where there is none, the
/// group of runs of the same workload, optimizer and axis value that departs in the fewest respects stands in, and is said not to be comparable.
/// </summary>
internal static class CellMatcher
{
    public static CellComparison Compare(TableProtocol protocol, PublishedCell published, CellTemplate template, RunIndex index)
    {
        var comparison = new CellComparison { Published = published, Template = template, Verdict = Verdict.NotRun, Reason = "" };
        if (ResolvedTemplate.Of(template, out var reason) is not { } resolved)
        {
            return comparison with { Reason = reason };
        }

        var groups = index.Find(template.Workload, template.Optimizer, template.Axis).ToList();
        var answering = AnsweringRuns.Of(resolved, groups);
        if (Select(template, answering.Where(r => r.HasResult)) is { Count: > 0 } exact)
        {
            return CellJudge.Judge(protocol, comparison, exact, template.Length, ProtocolDifferences.OfSelection(resolved, exact));
        }

        var nearest = groups
            .Select(g => (Group: g, Axis: Select(template, g.Runs.Where(r => r.HasResult))))
            .Where(x => x.Axis.Count > 0)
            .Select(x => (x.Group, x.Axis, Differences: ProtocolDifferences.Of(resolved, x.Group, x.Axis)))
            .OrderBy(x => x.Differences.Count(d => d.Disqualifies))
            .ThenByDescending(x => x.Axis.Sum(a => a.Runs.Count))
            .ThenByDescending(x => x.Axis.Max(a => a.Runs.Max(r => r.RunId)))
            .FirstOrDefault();
        return nearest.Group is null
            ? comparison with { Reason = WhyNotRun(resolved, answering) }
            : CellJudge.Judge(protocol, comparison, nearest.Axis, nearest.Group.Length, nearest.Differences);
    }

    private static List<AxisRuns> Select(CellTemplate template, IEnumerable<StoredRun> runs)
    {
        var all = runs.ToList();
        return [.. template.Values.Select(v => new AxisRuns(v, RunGroup.OfValue(all, v))).Where(a => a.Runs.Count > 0)];
    }

    private static string WhyNotRun(ResolvedTemplate resolved, IReadOnlyCollection<StoredRun> answering)
    {
        var (waiting, wanted) = (answering.Count(r => r.IsUnfinished), resolved.Template.Values.Count * resolved.Template.Runs);
        return waiting > 0 ? $"{waiting} of {wanted} runs wait or train"
            : resolved.Workload.NeedsGpu ? "runs are missing, which need a GPU"
            : "runs are missing";
    }
}
