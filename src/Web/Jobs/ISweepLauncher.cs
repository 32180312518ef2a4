using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Jobs;

/// <summary>Starts and stops sweeps: pages, HTTP API and command line call this and nothing below it.</summary>
public interface ISweepLauncher
{
    /// <summary>Stores the sweep and schedules its cohorts.</summary>
    /// <returns>The sweep's key.</returns>
    Task<long> LaunchAsync(SweepSpecification specification, CancellationToken cancellation);

    /// <summary>Stops the sweep for good; what was trained stays. Returns when no thread trains it any more.</summary>
    Task CancelAsync(long sweepId, CancellationToken cancellation);
}
