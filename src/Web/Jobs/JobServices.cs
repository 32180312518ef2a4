using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepsize.Data.Database;
using Stepsize.Web.Jobs.Cluster;
using Stepsize.Web.Jobs.Local;

namespace Stepsize.Web.Jobs;

/// <summary>Registers what launches, schedules and trains sweeps.</summary>
public static class JobServices
{
    /// <summary>
    /// Adds <see cref="ISweepLauncher"/>, <see cref="ISweepSignals"/> and <see cref="IJobBoard"/>, and a hosted service that opens the database and lets
    /// unfinished sweeps go on, and one that empties the bin of what has been there for too long. Needs <see cref="DataServices.AddStepsizeData"/> and a <see cref="Training.Execution.IExecutor"/>.
    /// </summary>
    public static IServiceCollection AddStepsizeJobs(this IServiceCollection services, DatabaseOptions database)
    {
        services.TryAddSingleton(_ => Training.Datasets.DatasetFolders.Standard());
        services.TryAddSingleton(TrainingChoice.Processor);
        services.AddSingleton<Readiness>();
        if (database.IsSqlite)
        {
            services.AddLocalTraining();
        }
        else
        {
            services.AddClusterTraining();
        }

        services.AddHostedService<WaitLog>();
        services.AddHostedService<JobsHost>();
        services.AddHostedService<BinKeeper>();
        return services;
    }

    /// <summary>One program, which trains what its SQLite file holds; jobs are in its memory.</summary>
    private static void AddLocalTraining(this IServiceCollection services)
    {
        services.AddSingleton<ISweepSignals, SweepSignals>();
        services.AddSingleton<JobStorage>(_ => new InMemoryStorage());
        services.AddSingleton<ActiveSweeps>();
        services.AddSingleton<SweepGates>();
        services.AddSingleton<SweepTraining>();
        services.AddSingleton<SweepQueue>();
        services.AddSingleton<IJobBoard>(provider => provider.GetRequiredService<SweepQueue>());
        services.AddSingleton<IWorkerBoard, LocalWorkers>();
        services.AddSingleton<ISweepLauncher, SweepLauncher>();
        services.AddSingleton<ITrainingProgram, LocalTraining>();
        services.AddTransient<SweepJob>();
    }

    /// <summary>One of many programs on a PostgreSQL database, which share what there is to be trained.</summary>
    private static void AddClusterTraining(this IServiceCollection services)
    {
        services.AddClusterMember();
        services.AddSingleton<ClusterStop>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Tickets>();
        services.AddSingleton<ClusterSignals>();
        services.AddSingleton<ISweepSignals>(provider => provider.GetRequiredService<ClusterSignals>());
        services.AddSingleton<IJobBoard, ClusterBoard>();
        services.AddSingleton<IWorkerBoard, ClusterWorkers>();
        services.AddSingleton<ISweepLauncher, ClusterLauncher>();
        services.AddSingleton<ITrainingProgram, ClusterTraining>();
        services.AddTransient<CohortJob>();
    }

    /// <summary>What a program needs that trains cohorts it has, and claims none: a part of <see cref="AddClusterTraining"/>, which <c>sweep run</c> uses alone.</summary>
    internal static IServiceCollection AddClusterMember(this IServiceCollection services)
    {
        services.AddSingleton<WorkerIdentity>();
        services.AddSingleton<CohortLeases>();
        services.AddSingleton<RefusedSweeps>();
        services.AddSingleton<CohortTraining>();
        services.AddSingleton<Heartbeat>();
        return services;
    }
}
