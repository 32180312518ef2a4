using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Jobs;

/// <summary>Stores sweeps and puts them into the queue.</summary>
internal sealed class SweepLauncher(ISweepStore store, SweepQueue queue, ActiveSweeps active, ISweepSignals signals) : ISweepLauncher
{
    public async Task<long> LaunchAsync(SweepSpecification specification, CancellationToken cancellation)
    {
        var sweepId = await store.CreateAsync(specification, cancellation);

        // Should this not be reached, the next start of the program finds the sweep in the database.
        await queue.AddAsync(sweepId, CancellationToken.None);
        signals.Publish(sweepId);
        return sweepId;
    }

    public async Task CancelAsync(long sweepId, CancellationToken cancellation)
    {
        await queue.RemoveAsync(sweepId, cancellation);
        await active.StopAsync(sweepId, cancellation);

        // What was trained until now is stored; a training that begins from here on finds the sweep cancelled, and one that began just before is stopped.
        await store.CancelAsync(sweepId, cancellation);
        await active.StopAsync(sweepId, cancellation);
        signals.Publish(sweepId);
    }
}
