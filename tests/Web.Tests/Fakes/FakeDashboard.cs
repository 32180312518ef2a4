using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Data.Reports;
using Stepsize.Data.Selections;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Datasets;
using Stepsize.Web.Hosting.Pages;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>The pages on a web server in memory, over fakes.</summary>
internal sealed class FakeDashboard : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeDashboard(WebApplication app, FakeSweepStore store, FakeBin bin, FakeJobBoard board)
    {
        _app = app;
        Store = store;
        Bin = bin;
        Board = board;
        Client = app.GetTestClient();
    }

    public FakeSweepStore Store { get; }

    public FakeBin Bin { get; }

    public FakeJobBoard Board { get; }

    public HttpClient Client { get; }

    public ManualClock Clock { get; private init; } = new();

    public IServiceProvider Services => _app.Services;

    public static async Task<FakeDashboard> StartAsync(ICurveReader? curves = null, DatasetFolders? datasets = null, IColumnReader? columns = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "stepsize", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseStaticWebAssets();
        builder.Logging.ClearProviders();
        var (store, signals, bin, board) = (new FakeSweepStore(), new FakeSweepSignals(), new FakeBin(), new FakeJobBoard());
        builder.Services.AddSingleton<ISweepStore>(store).AddSingleton<ISweepSignals>(signals)
            .AddSingleton<ISweepLauncher>(new FakeSweepLauncher(store, signals)).AddSingleton(curves ?? new FakeCurveReader());
        builder.Services.AddSingleton(columns ?? new FakeColumnReader()).AddSingleton<ISelectionStore>(new FakeSelectionStore(store));
        builder.Services.AddSingleton(datasets ?? DatasetFolders.Standard());
        var clock = new ManualClock();
        builder.Services.AddSingleton<IReportStore>(new FakeReportStore(clock)).AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IBin>(bin).AddSingleton<IJobBoard>(board).AddSingleton<IRunFaults>(board).AddSingleton<IWorkerBoard>(board);
        builder.Services.AddSingleton(new DatabasePatience(DatabaseOptions.Sqlite("fake.db"), clock));
        builder.Services.AddStepsizePages();
        var app = builder.Build();
        app.MapStepsizePages();
        await app.StartAsync();
        return new FakeDashboard(app, store, bin, board) { Clock = clock };
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _app.DisposeAsync();
    }
}
