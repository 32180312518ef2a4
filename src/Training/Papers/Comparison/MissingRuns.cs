using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>Makes sweeps of exactly the runs that tables ask for and that are not there, be it with a result or on their way.</summary>
public static class MissingRuns
{
    public static LaunchPlan Of(IReadOnlyCollection<TableProtocol> protocols, RunIndex index)
    {
        var leftOut = new Dictionary<string, int>(StringComparer.Ordinal);
        var wanted = new Dictionary<string, WantedRun>(StringComparer.Ordinal);
        foreach (var template in protocols.SelectMany(p => p.Templates).SelectMany(r => r))
        {
            var resolved = ResolvedTemplate.Of(template, out var reason);
            if (resolved is null || resolved.Workload.NeedsGpu)
            {
                var why = resolved is null ? reason : $"{resolved.Workload.Id} needs a GPU";
                leftOut[why] = leftOut.GetValueOrDefault(why) + 1;
                continue;
            }

            Collect(resolved, index, wanted);
        }

        return new LaunchPlan(
            [.. Sweeps(Name(protocols), [.. wanted.Values])],
            [.. leftOut.Select(pair => $"{pair.Value} {(pair.Value == 1 ? "cell" : "cells")}: {pair.Key}")]);
    }

    private static void Collect(ResolvedTemplate resolved, RunIndex index, Dictionary<string, WantedRun> wanted)
    {
        var template = resolved.Template;
        var there = AnsweringRuns.Of(resolved, index.Find(template.Workload, template.Optimizer, template.Axis))
            .Select(r => (r.Configuration.Seed, Value: template.Values.First(v => RunGroup.IsSameValue(r.Configuration.AxisValue, v))))
            .ToHashSet();
        foreach (var run in resolved.Expand().Where(r => !there.Contains((r.Seed, r.AxisValue))))
        {
            // Tables share runs: what one of them wants to see every epoch of serves the others too.
            var everyEpoch = template.Statistic.NeedsEveryEpoch || (wanted.TryGetValue(run.Hash, out var known) && known.EveryEpoch);
            wanted[run.Hash] = new WantedRun(run, everyEpoch);
        }
    }

    /// <summary>A sweep is a full grid, so runs go together whose axis value lacks the same seeds.</summary>
    private static IEnumerable<SweepSpecification> Sweeps(string name, IReadOnlyList<WantedRun> runs) =>
        from cell in runs.GroupBy(r => (Setting: Setting(r), r.Run.Optimizer.Id, r.Run.Axis, Options: r.Run.OptimizerOptions.ToJson().ToJsonString(), r.Run.AxisValue))
        let seeds = cell.Select(r => r.Run.Seed).Order().ToArray()
        group (cell.First().Run, cell.First().EveryEpoch, Seeds: seeds) by (cell.Key.Setting, Seeds: string.Join(',', seeds)) into grid
        select Sweep(name, [.. grid.Select(g => g.Run)], grid.First().Seeds, grid.First().EveryEpoch);

    private static SweepSpecification Sweep(string name, IReadOnlyList<RunConfiguration> cells, IReadOnlyList<int> seeds, bool everyEpoch)
    {
        var first = cells[0];
        return new SweepSpecification
        {
            Name = name,
            Workload = first.Workload,
            WorkloadOptions = first.WorkloadOptions,
            Optimizers =
            [
                .. cells.GroupBy(c => (c.Optimizer.Id, c.Axis, Options: c.OptimizerOptions.ToJson().ToJsonString()))
                    .Select(g => new OptimizerGrid(g.First().Optimizer, g.Key.Axis, [.. g.Select(c => c.AxisValue).Order()], g.First().OptimizerOptions)),
            ],
            Seeds = seeds,
            BatchSize = first.BatchSize,
            Epochs = first.Epochs,
            Iterations = first.Iterations,
            EvaluateAtEpochs = everyEpoch && first.Epochs is { } epochs ? [.. Enumerable.Range(1, epochs)] : [],
        };
    }

    /// <summary>What a sweep has only one of.</summary>
    private static string Setting(WantedRun wanted)
    {
        var run = wanted.Run;
        return FormattableString.Invariant(
            $"{run.Workload.Id} {run.WorkloadOptions.ToJson().ToJsonString()} {run.BatchSize} {run.Epochs} {run.Iterations} {wanted.EveryEpoch}");
    }

    private static string Name(IReadOnlyCollection<TableProtocol> protocols)
    {
        var table = protocols.First().Table;
        return protocols.Count == 1 ? $"{table.Paper.Citation}, {table.Label}: {table.Title}" : "Missing runs of published tables";
    }

    private sealed record WantedRun(RunConfiguration Run, bool EveryEpoch);
}
