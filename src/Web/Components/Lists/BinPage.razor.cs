using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>What was deleted and can be restored.</summary>
public sealed partial class BinPage
{
    /// <summary>Single runs shown: those deleted last.</summary>
    private const int Shown = 200;

    private IReadOnlyList<BinnedSweep>? _sweeps;
    private IReadOnlyList<BinnedRun>? _runs;
    private DateTimeOffset _now;
    private readonly Asking _asking = new();

    [Inject]
    public required IBin Bin { get; init; }

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private string Left(DateTimeOffset until) => TimeText.Of(until > _now ? until - _now : TimeSpan.Zero);

    private Task RestoreSweepAsync(BinnedSweep sweep) =>
        DoAsync(() => Launcher.RestoreSweepAsync(sweep.Id, CancellationToken.None), $"“{sweep.Name}” is back among the sweeps.");

    private Task RestoreRunAsync(BinnedRun run) =>
        DoAsync(() => Launcher.RestoreRunAsync(run.Id, CancellationToken.None), $"Run {run.Id} is back in “{run.SweepName}”.");

    private async Task DoAsync(Func<Task> act, string news)
    {
        await _asking.TryAsync(act, news);
        await LoadAsync();
    }

    private Task LoadAsync() => GuardAsync(async () =>
        (_sweeps, _runs, _now) = (await Bin.ListSweepsAsync(Leaving), await Bin.ListRunsAsync(null, Leaving), Clock.GetUtcNow()));
}
