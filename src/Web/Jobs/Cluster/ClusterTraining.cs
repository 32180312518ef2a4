using Stepsize.Data.Database;
using Stepsize.Data.Workers;
using Stepsize.Web.Jobs.Dispatch;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>Training as one of many programs on a PostgreSQL database; also where it trains nothing itself, for every program looks after the cohorts.</summary>
internal sealed class ClusterTraining(
    WorkerIdentity worker,
    IWorkerRegistry registry,
    ICohortKeeper keeper,
    CohortLeases leases,
    Heartbeat heartbeat,
    ClusterSignals signals,
    Dispatcher dispatcher,
    Tickets tickets,
    TrainingChoice choice,
    LeaseTerms terms,
    DatabasePatience patience,
    ClusterStop stop,
    IServiceProvider services,
    TimeProvider time,
    ILogger<ClusterTraining> log) : ITrainingProgram
{
    /// <summary>How long the last checkpoints of a program that ends are waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<JobServer> _servers = [];
    private readonly CancellationTokenSource _ending = new(); // Holds nothing to dispose.
    private Task _loops = Task.CompletedTask;
    private bool _isRegistered;

    public async Task RecoverAsync(CancellationToken cancellation)
    {
        await patience.RunAsync(() => worker.RegisterAsync(cancellation), cancellation);
        _isRegistered = true;
        await patience.RunAsync(() => keeper.ReconcileAsync(cancellation), cancellation);
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await patience.RunAsync(() => dispatcher.OpenAsync(cancellation), cancellation);
        _loops = Task.WhenAll(heartbeat.RunAsync(_ending.Token), signals.RunAsync(_ending.Token), LookAfterAsync(_ending.Token));
        foreach (var queue in choice.Queues)
        {
            // One job at a time: the training pool is the parallelism.
            _servers.Add(new JobServer(dispatcher.Storage!, services, [queue], workers: 1, cleans: true));
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        stop.Begin();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await leases.CloseAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("Training did not stop in time; what it made since its last checkpoint is made again by another worker.");
            leases.LoseAll();
        }

        // What was given back has no job yet: another worker should take it at once.
        if (_isRegistered && choice.Trains)
        {
            await tickets.WriteAsync();
        }

        stop.Force();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _ending.CancelAsync();
        await _loops.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        if (!_isRegistered)
        {
            return;
        }

        try
        {
            await registry.LeaveAsync(worker.Key, CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFaults.MayPass(e))
        {
            log.LogInformation("The database could not be told that this program ends, and will see: {Reason}", patience.Describe(e));
        }
    }

    private async Task LookAfterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await keeper.ReconcileAsync(cancellation);
                await tickets.WriteAsync();
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogDebug(e, "The database did not answer.");
            }

            await Task.Delay(terms.Reconciliation, time, cancellation);
        }
    }
}
