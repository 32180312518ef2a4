using Stepsize.Data.Database;

namespace Stepsize.Web.Jobs;

/// <summary>Says in the program's log what training waits for, and when it goes on.</summary>
internal sealed class WaitLog(DatabasePatience patience, ILogger<WaitLog> log) : IHostedService
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = patience.Subscribe(() => log.LogWarning("{News}", WaitText.Of(patience.Current)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }
}
