using Stepsize.Data.Database;
using Stepsize.Data.Workers;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Hosting;
using Stepsize.Web.Jobs;
using Stepsize.Web.Jobs.Cluster;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>A sweep of <c>sweep run</c> on PostgreSQL, where others train too: this program has it from the first, as one cohort, and says that it lives.</summary>
internal static class HeldSweep
{
    /// <summary>What the page of workers shows as its queue: it takes nothing from one.</summary>
    private const string Queue = "sweep-run";

    /// <exception cref="InvalidInputException">Somebody stopped or changed the sweep meanwhile.</exception>
    public static async Task TrainAsync(
        DatabaseOptions database, SweepSpecification sweep, IExecutor executor, IRunRecorder observer, CancellationToken cancellation)
    {
        await using var services = Build(database, executor);
        var (worker, registry) = (services.GetRequiredService<WorkerIdentity>(), services.GetRequiredService<IWorkerRegistry>());
        await worker.RegisterAsync(cancellation);
        using var ending = new CancellationTokenSource();
        try
        {
            var claim = await services.GetRequiredService<ICohortClaims>().CreateHeldAsync(worker.Key, sweep, cancellation);
            using var lease = services.GetRequiredService<CohortLeases>().Enter(claim)!;
            var beating = services.GetRequiredService<Heartbeat>().RunAsync(ending.Token);
            await using (cancellation.Register(() => lease.Yield(reserved: false)))
            {
                await services.GetRequiredService<CohortTraining>().TrainAsync(lease, observer, CancellationToken.None);
            }

            await ending.CancelAsync();
            await beating.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            cancellation.ThrowIfCancellationRequested();
            if (lease.Stop.IsCancellationRequested)
            {
                throw new InvalidInputException("", $"Sweep {claim.SweepId} was stopped or changed through another program; its page shows what became of it.");
            }
        }
        finally
        {
            await registry.LeaveAsync(worker.Key, CancellationToken.None);
        }
    }

    private static ServiceProvider Build(DatabaseOptions database, IExecutor executor)
    {
        var settings = CommandOptions.Environment();
        return new ServiceCollection()
            .AddLogging(logging => logging.AddProgramLog())
            .AddSingleton(executor)
            .AddSingleton(new TrainingChoice([Queue], settings.Name))
            .AddSingleton(settings.Lease)
            .AddSingleton(DatasetFolders.Standard(settings.DataFolder))
            .AddSingleton<ISweepSignals, SweepSignals>()
            .AddStepsizeData(database)
            .AddClusterMember()
            .BuildServiceProvider();
    }
}
