using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>The program without its web server, on a database in a folder: it can be stopped and started again.</summary>
internal sealed class JobsTestHost : IAsyncDisposable
{
    private readonly Func<IExecutor> _executor;
    private readonly DatabaseOptions _options;
    private IHost _host;

    private readonly TrainingChoice _choice;
    private readonly LeaseTerms _terms;

    private JobsTestHost(Func<IExecutor> executor, DatabaseOptions options, TrainingChoice choice, LeaseTerms terms)
    {
        _executor = executor;
        _options = options;
        _choice = choice;
        _terms = terms;
        _host = Build();
    }

    public ISweepLauncher Launcher => Get<ISweepLauncher>();

    public ISweepStore Store => Get<ISweepStore>();

    public ICurveReader Curves => Get<ICurveReader>();

    public IJobBoard Board => Get<IJobBoard>();

    public ISweepSignals Signals => Get<ISweepSignals>();

    public static async Task<JobsTestHost> StartAsync(IExecutor executor, string folder) =>
        await StartAsync(() => executor, folder);

    /// <param name="executor">Makes one for each start of the program.</param>
    public static async Task<JobsTestHost> StartAsync(Func<IExecutor> executor, string folder)
    {
        var host = new JobsTestHost(executor, DatabaseOptions.Sqlite(Path.Combine(folder, "test.db")), TrainingChoice.Processor, LeaseTerms.Standard);
        await host._host.StartAsync();
        return host;
    }

    /// <summary>One of several programs on a PostgreSQL database.</summary>
    public static async Task<JobsTestHost> JoinAsync(string connection, IExecutor executor, TrainingChoice choice, LeaseTerms terms)
    {
        var host = new JobsTestHost(() => executor, DatabaseOptions.PostgreSql(connection), choice, terms);
        await host._host.StartAsync();
        return host;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Ends the program as Ctrl-C does, and starts it again.</summary>
    /// <param name="meanwhile">Done while nothing runs.</param>
    public async Task RestartAsync(Func<IServiceProvider, Task>? meanwhile = null, TimeProvider? clock = null)
    {
        await _host.StopAsync();
        if (meanwhile is not null)
        {
            await meanwhile(_host.Services);
        }

        await DisposeAsync();
        _host = Build(clock);
        await _host.StartAsync();
    }

    /// <summary>Waits until the sweep has this status.</summary>
    public Task<SweepDetail> WaitForAsync(long sweepId, SweepStatus status) => WaitForAsync(sweepId, sweep => sweep.Summary.Status == status);

    public async Task<SweepDetail> WaitForAsync(long sweepId, Func<SweepDetail, bool> condition, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(3));
        while (true)
        {
            var sweep = await Store.FindAsync(sweepId, limit.Token);
            if (condition(sweep!))
            {
                return sweep!;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private IHost Build(TimeProvider? clock = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton(_ => _executor());
        builder.Services.AddSingleton(_choice);
        builder.Services.AddSingleton(_terms);
        builder.Services.AddStepsizeData(_options);
        builder.Services.AddStepsizeJobs(_options);
        return builder.Build();
    }
}
