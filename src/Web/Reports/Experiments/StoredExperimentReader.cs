using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>
/// Finds the stored runs of presets by what they train: a run counts for every preset that has its configuration, and so does one of another seed, which only
/// adds to a cell what the preset's own seeds say of it.
/// </summary>
internal sealed class StoredExperimentReader(ISweepStore store)
{
    /// <summary>Seeds looked for beside a preset's own: people add the first few.</summary>
    private const int FirstSeeds = 5;

    /// <summary>One for each preset, in the order given.</summary>
    public async Task<IReadOnlyList<StoredExperiment>> ReadAsync(IReadOnlyList<Preset> presets, CancellationToken cancellation)
    {
        var workloads = presets.Select(p => p.Specification.Workload.Id).ToHashSet(StringComparer.Ordinal);
        var wanted = presets.SelectMany(p => Widened(p.Specification).Expand()).Select(c => c.Hash).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, (RunRow Run, DateOnly Day)>(StringComparer.Ordinal);

        // Newest first: the first run with a result is the one that counts.
        foreach (var sweep in (await store.ListAsync(cancellation)).Where(s => workloads.Contains(s.Workload)).OrderByDescending(s => s.Id))
        {
            var day = DateOnly.FromDateTime((sweep.FinishedAt ?? sweep.CreatedAt).UtcDateTime);
            foreach (var run in (await store.FindAsync(sweep.Id, cancellation))?.Runs ?? [])
            {
                if (run.Outcome is { } ended && ended.HasResult() && wanted.Contains(run.ConfigurationHash))
                {
                    found.TryAdd(run.ConfigurationHash, (run, day));
                }
            }
        }

        return [.. presets.Select(p => Of(p, found))];
    }

    private static StoredExperiment Of(Preset preset, Dictionary<string, (RunRow Run, DateOnly Day)> found)
    {
        var specification = Widened(preset.Specification);
        var seeds = specification.Expand().Where(c => found.ContainsKey(c.Hash)).Select(c => c.Seed).ToHashSet();
        specification = specification with { Seeds = [.. specification.Seeds.Where(s => seeds.Contains(s) || preset.Specification.Seeds.Contains(s))] };
        int[] rows = [.. specification.Optimizers.SelectMany((grid, row) => grid.Values.Select(_ => row))];
        var runs = specification.Expand()
            .Select((configuration, i) => (configuration.Hash, Row: rows[i % rows.Length]))
            .Where(place => found.ContainsKey(place.Hash))
            .Select(place => (Run: found[place.Hash].Run with { Row = place.Row }, found[place.Hash].Day))
            .ToList();
        var summary = new SweepSummary
        {
            Id = 0,
            Name = preset.Title,
            Workload = specification.Workload.Id,
            Status = SweepStatus.Completed,
            Runs = specification.RunCount,
            RunsFinished = runs.Count,
            RunsDiverged = runs.Count(r => r.Run.Outcome!.Value.CountsAsDiverged()),
            RunsFailed = 0,
            Progress = (double)runs.Count / specification.RunCount,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return new StoredExperiment(
            preset,
            new SweepDetail { Summary = summary, Specification = specification, Runs = [.. runs.Select(r => r.Run)] },
            [.. runs.Select(r => r.Day).Distinct().Order()]);
    }

    private static SweepSpecification Widened(SweepSpecification specification) =>
        specification with { Seeds = [.. specification.Seeds.Union(Enumerable.Range(0, FirstSeeds))] };
}
