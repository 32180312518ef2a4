using Hangfire;

namespace Stepsize.Web.Jobs.Dispatch;

/// <summary>
/// Hangfire's server, started and stopped when the program says so and not with the host's services: training stops before anything else does.
/// </summary>
internal sealed class JobServer : IAsyncDisposable
{
    /// <summary>Jobs end by themselves before the server is stopped, so that this is for those between two steps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BackgroundJobServer _server;

    /// <param name="queues">Queues to take jobs from.</param>
    /// <param name="workers">Jobs done at the same time.</param>
    /// <param name="cleans">Whether jobs that are done have to be removed from the storage by the server.</param>
    public JobServer(JobStorage storage, IServiceProvider services, string[] queues, int workers, bool cleans)
    {
        var options = new BackgroundJobServerOptions
        {
            Activator = new ServiceActivator(services),
            Queues = queues,
            WorkerCount = workers,
            IsLightweightServer = !cleans, // Nothing is delayed or recurs.
            CancellationCheckInterval = TimeSpan.FromSeconds(5),
            StopTimeout = TimeSpan.Zero,
            ShutdownTimeout = Patience,
        };
        _server = new BackgroundJobServer(options, storage);
    }

    public async ValueTask DisposeAsync()
    {
        _server.SendStop();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _server.WaitForShutdownAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // What is left of it does no harm: no job of it trains.
        }

        _server.Dispose();
    }
}
