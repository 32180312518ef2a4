using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Torch.Devices;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>How long a sweep will take.</summary>
/// <param name="Span">On all training threads.</param>
/// <param name="IsMeasured">Whether earlier runs of the same workload say so; otherwise it is a guess from the size of the network.</param>
public sealed record DurationEstimate(TimeSpan Span, bool IsMeasured)
{
    /// <summary>What would train it, such as <c>the CPU, 2 threads</c>, and why where another device was asked for.</summary>
    public string Device { get; init; } = "the CPU";

    /// <summary>Whether <see cref="Span"/> says anything: nobody has measured what libtorch makes of a network that it has not trained yet.</summary>
    public bool IsKnown { get; init; } = true;
}

/// <summary>Estimates durations from earlier runs of the same workload, else from multiply-adds.</summary>
/// <param name="threads">Runs that the CPU trains at the same time.</param>
/// <param name="devices">Which device trains what; null for the CPU.</param>
public sealed class DurationEstimator(int threads, DevicePlan? devices = null)
{
    private const int SweepsLookedAt = 20;

    /// <summary>The pace of the device that would train the sweep.</summary>
    /// <inheritdoc cref="MeasureAsync(SweepSpecification, ISweepStore, bool, CancellationToken)"/>
    public Task<double?> PaceAsync(SweepSpecification sweep, ISweepStore store, CancellationToken cancellation) =>
        MeasureAsync(sweep, store, devices?.Of(sweep).OnTorch ?? false, cancellation);

    /// <summary>Seconds an iteration and example of the newest earlier sweep with the same workload and options; null where there is none.</summary>
    /// <param name="onTorch">Whether runs of libtorch are looked at, and not those of the CPU.</param>
    public static async Task<double?> MeasureAsync(SweepSpecification sweep, ISweepStore store, bool onTorch, CancellationToken cancellation)
    {
        var options = sweep.WorkloadOptions.ToJson().ToJsonString();
        var candidates = (await store.ListAsync(cancellation)).Where(s => s.Workload == sweep.Workload.Id && s.RunsFinished > 0).Take(SweepsLookedAt);
        foreach (var candidate in candidates)
        {
            if (await store.FindAsync(candidate.Id, cancellation) is { } detail && detail.Specification.WorkloadOptions.ToJson().ToJsonString() == options)
            {
                var runs = detail.Runs.Where(r => r is { Outcome: RunOutcome.Finished or RunOutcome.NoProgress, Seconds: > 0, Iterations: > 0 } && IsTorch(r) == onTorch).ToList();
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

        // The last runs leave threads idle, so whole rounds count. In a program of many runs each has its share of the time.
        var forecast = devices?.Of(sweep) ?? new DeviceForecast("the CPU", OnTorch: false, Reason: null);
        var rounds = Math.Ceiling((double)sweep.RunCount / (forecast.OnTorch ? 1 : threads));
        return new DurationEstimate(TimeSpan.FromSeconds(Math.Min(rounds * seconds, TimeSpan.MaxValue.TotalSeconds / 2)), secondsPerExample is not null)
        {
            Device = Said(forecast),
            IsKnown = !forecast.OnTorch || secondsPerExample is not null,
        };
    }

    private string Said(DeviceForecast forecast)
    {
        var device = forecast.OnTorch ? forecast.Device : $"{forecast.Device}, {threads} {(threads == 1 ? "thread" : "threads")}";
        return forecast.Reason is not { } reason ? device : forecast.OnTorch ? $"{device}; {reason}" : $"{device}, for it {reason}";
    }

    private static bool IsTorch(RunRow run) => run.Provenance?.Engine.StartsWith("torch ", StringComparison.Ordinal) ?? false;
}
