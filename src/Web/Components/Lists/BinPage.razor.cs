using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Training.Faults;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>What was deleted and can be restored.</summary>
public sealed partial class BinPage : IDisposable
{
    /// <summary>Single runs shown: those deleted last.</summary>
    private const int Shown = 200;

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<BinnedSweep>? _sweeps;
    private IReadOnlyList<BinnedRun>? _runs;
    private DateTimeOffset _now;
    private bool _working;
    private string? _fault;
    private string? _news;

    [Inject]
    public required IBin Bin { get; init; }

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private string Left(DateTimeOffset until) => TimeText.Of(until > _now ? until - _now : TimeSpan.Zero);

    private Task RestoreSweepAsync(BinnedSweep sweep) =>
        DoAsync(() => Launcher.RestoreSweepAsync(sweep.Id, CancellationToken.None), $"“{sweep.Name}” is back among the sweeps.");

    private Task RestoreRunAsync(BinnedRun run) =>
        DoAsync(() => Launcher.RestoreRunAsync(run.Id, CancellationToken.None), $"Run {run.Id} is back in “{run.SweepName}”.");

    private async Task DoAsync(Func<Task> act, string news)
    {
        (_working, _fault, _news) = (true, null, null);
        try
        {
            await act();
            _news = news;
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
        }
        finally
        {
            _working = false;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            (_sweeps, _runs, _now) = (await Bin.ListSweepsAsync(_leaving.Token), await Bin.ListRunsAsync(null, _leaving.Token), Clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
        }
    }
}
