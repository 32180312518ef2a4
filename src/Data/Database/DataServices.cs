using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepsize.Data.Metrics;
using Stepsize.Data.Recording;
using Stepsize.Data.Reports;
using Stepsize.Data.Selections;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Data.Workers;

namespace Stepsize.Data.Database;

/// <summary>Registers the database and everything that reads and writes it.</summary>
public static class DataServices
{
    /// <summary>
    /// Adds <see cref="ISweepStore"/>, <see cref="ISweepData"/>, <see cref="ISweepLifecycle"/>, <see cref="ISweepControl"/>, <see cref="IBin"/>, <see cref="IRunReader"/>,
    /// <see cref="ICurveReader"/>, <see cref="IColumnReader"/>, <see cref="IMetricReader"/>, <see cref="IIterateReader"/>, <see cref="ISelectionStore"/>,
    /// <see cref="IReportStore"/>,
    /// <see cref="RecordingService"/>, <see cref="DatabasePatience"/> and <see cref="DatabaseSetup"/>, whose <see cref="DatabaseSetup.OpenAsync"/> has to be called before any of the others is used.
    /// </summary>
    public static IServiceCollection AddStepsizeData(this IServiceCollection services, DatabaseOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddPooledDbContextFactory<StepsizeContext>(builder => Configure(builder, options));
        services.AddSingleton(provider => new DatabaseSetup(provider.GetRequiredService<IDbContextFactory<StepsizeContext>>(), options));
        services.AddSingleton<DatabaseProbe>();
        services.AddSingleton<ISweepStore, SweepStore>();
        services.AddSingleton<ISweepData, SweepData>();
        services.AddSingleton(new RetriedContexts(options));
        services.AddSingleton(provider => new DatabasePatience(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISweepLifecycle>(
            provider => new SweepLifecycle(provider.GetRequiredService<RetriedContexts>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISweepControl, SweepControl>();
        services.AddSingleton<IBin, SweepBin>();
        services.AddWorkers();
        services.AddSingleton<IRunReader, RunReader>();
        services.AddSingleton<IRunFaults, RunFaults>();
        services.AddSingleton<ICurveReader, CurveReader>();
        services.AddSingleton<IColumnReader, ColumnReader>();
        services.AddSingleton<IIterateReader, IterateReader>();
        services.AddSingleton<ILayerReader, LayerReader>();
        services.AddSingleton<IMetricReader, MetricReader>();
        services.AddSingleton<IReportStore, ReportStore>();
        services.AddSingleton<ISelectionStore, SelectionStore>();
        services.AddSingleton(provider => new SegmentWriter(provider.GetRequiredService<RetriedContexts>()));
        services.AddSingleton(provider => new RecordingService(
            provider.GetRequiredService<SegmentWriter>(), options, provider.GetRequiredService<DatabasePatience>()));
        return services;
    }

    /// <summary>What many programs on one PostgreSQL database need: <see cref="IWorkerRegistry"/>, <see cref="ICohortClaims"/> and <see cref="ICohortKeeper"/>.</summary>
    private static void AddWorkers(this IServiceCollection services)
    {
        services.TryAddSingleton(LeaseTerms.Standard);
        services.AddSingleton<IWorkerRegistry>(p => new WorkerRegistry(p.GetRequiredService<RetriedContexts>(), p.GetRequiredService<LeaseTerms>()));
        services.AddSingleton<ICohortClaims>(
            p => new CohortClaims(p.GetRequiredService<RetriedContexts>(), p.GetRequiredService<LeaseTerms>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ICohortKeeper, CohortKeeper>();
        services.AddSingleton(p => new ClusterChannel(p.GetRequiredService<IDbContextFactory<StepsizeContext>>(), p.GetRequiredService<DatabaseOptions>()));
    }

    internal static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        if (options.IsSqlite)
        {
            builder.UseSqlite(options.SqliteConnection).AddInterceptors(new SqlitePragmas(options.BusyTimeout));
        }
        else
        {
            builder.UseNpgsql(options.PostgreSqlConnection);
        }
    }
}
