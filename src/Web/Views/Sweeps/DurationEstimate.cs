using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>How long a sweep will take.</summary>
/// <param name="Span">On all training threads.</param>
/// <param name="IsMeasured">Whether earlier runs of the same workload say so; otherwise it is a guess from the size of the network.</param>
public sealed record DurationEstimate(TimeSpan Span, bool IsMeasured);

/// <summary>Estimates durations from earlier runs of the same workload, else from multiply-adds.</summary>
/// <param name="threads">Runs that are trained at the same time.</param>
public sealed class DurationEstimator(int threads)
{
    private const int SweepsLookedAt = 20;

    /// <summary>Seconds an iteration and example of the newest earlier sweep with the same workload and options; null where there is none.</summary>
    public static async Task<double?> MeasureAsync(SweepSpecification sweep, ISweepStore store, CancellationToken cancellation)
    {
        var options = sweep.WorkloadOptions.ToJson().ToJsonString();
        var candidates = (await store.ListAsync(cancellation)).Where(s => s.Workload == sweep.Workload.Id && s.RunsFinished > 0).Take(SweepsLookedAt);
        foreach (var candidate in candidates)
        {
            if (await store.FindAsync(candidate.Id, cancellation) is { } detail && detail.Specification.WorkloadOptions.ToJson().ToJsonString() == options)
            {
                var runs = detail.Runs.Where(r => r is { Outcome: RunOutcome.Finished or RunOutcome.NoProgress, Seconds: > 0, Iterations: > 0 }).ToList();
                if (runs.Count > 0)
                {
                    return runs.Sum(r => r.Seconds) / runs.Sum(r => (double)r.Iterations * detail.Specification.BatchSize);
                }
            }
        }

        return null;
    }

    /// <param name="secondsPerExample">What <see cref="MeasureAsync"/> found.</param>
    public DurationEstimate Of(SweepSpecification sweep, double? secondsPerExample)
    {
        var seconds = secondsPerExample is { } measured
            ? (double)sweep.IterationsPerRun(sweep.Workload.Measure(sweep.WorkloadOptions)) * sweep.BatchSize * measured
            : RunCost.SecondsOf(sweep);

        // The last runs leave threads idle, so whole rounds count.
        var rounds = Math.Ceiling((double)sweep.RunCount / threads);
        return new DurationEstimate(TimeSpan.FromSeconds(Math.Min(rounds * seconds, TimeSpan.MaxValue.TotalSeconds / 2)), secondsPerExample is not null);
    }
}
