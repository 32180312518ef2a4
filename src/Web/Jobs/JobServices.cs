using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Quartz;
using Stepsize.Data.Database;

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
        var store = JobStoreOptions.Beside(database);
        services.AddSingleton(store);
        services.AddSingleton<Readiness>();
        services.AddSingleton<ActiveSweeps>();
        services.AddSingleton<SweepGates>();
        services.AddSingleton<SweepTraining>();
        services.AddSingleton<SweepQueue>();
        services.AddSingleton<IJobBoard>(provider => provider.GetRequiredService<SweepQueue>());
        services.AddSingleton<ISweepLauncher, SweepLauncher>();
        services.AddSingleton<ISweepSignals, SweepSignals>();
        services.AddTransient<SweepJob>();
        services.AddQuartz(quartz => Configure(quartz, store.Database));
        services.AddHostedService<WaitLog>();
        services.AddHostedService<JobsHost>();
        services.AddHostedService<BinKeeper>();
        return services;
    }

    private static void Configure(IQuartzBuilder quartz, DatabaseOptions database)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "Stepsize";

            // Stopping the program stops training, which leaves checkpoints.
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(JobStoreOptions.MaxSweepsAtOnce);
        quartz.UsePersistentStore(store =>
        {
            store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            store.ProvisionSchema();
            if (database.IsSqlite)
            {
                var connection = new SqliteConnectionStringBuilder { DataSource = database.SqliteFile };
                store.UseSqlite(SqliteFactory.Instance, connection.ToString());
            }
            else
            {
                store.UsePostgres(NpgsqlFactory.Instance, database.PostgreSqlConnection!);
                store.UseClustering();
            }
        });
    }
}
