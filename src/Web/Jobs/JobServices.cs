using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepsize.Data.Database;
using Stepsize.Web.Hosting.Starting;
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
        services.AddSingleton<ISweepSignals, SweepSignals>();
        services.AddLocalTraining();
        services.AddHostedService<WaitLog>();
        services.AddHostedService<JobsHost>();
        services.AddHostedService<BinKeeper>();
        return services;
    }

    /// <summary>One program, which trains what its SQLite file holds; jobs are in its memory.</summary>
    private static void AddLocalTraining(this IServiceCollection services)
    {
        services.AddSingleton<JobStorage>(_ => new InMemoryStorage());
        services.AddSingleton<ActiveSweeps>();
        services.AddSingleton<SweepGates>();
        services.AddSingleton<SweepTraining>();
        services.AddSingleton<SweepQueue>();
        services.AddSingleton<IJobBoard>(provider => provider.GetRequiredService<SweepQueue>());
        services.AddSingleton<ISweepLauncher, SweepLauncher>();
        services.AddSingleton<ITrainingProgram, LocalTraining>();
        services.AddTransient<SweepJob>();
    }
}
