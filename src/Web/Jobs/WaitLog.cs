using Stepsize.Data.Database;

namespace Stepsize.Web.Jobs;

/// <summary>Says in the program's log what training waits for, and when it goes on.</summary>
internal sealed class WaitLog : IHostedService, IDisposable
{
    private readonly IDisposable _subscription;

    /// <summary>Listens from here on: the first wait may be that of the start itself.</summary>
    public WaitLog(DatabasePatience patience, ILogger<WaitLog> log) =>
        _subscription = patience.Subscribe(() => log.LogWarning("{News}", WaitText.Of(patience.Current)));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _subscription.Dispose();
}
