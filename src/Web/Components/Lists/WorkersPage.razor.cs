using Microsoft.AspNetCore.Components;
using Stepsize.Data.Workers;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>The programs that train or show: what each trains since when, how fast, and when it was last heard of. Looked at again every few seconds.</summary>
public sealed partial class WorkersPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly Asking _asking = new();
    private IReadOnlyList<WorkerLine>? _lines;
    private DateTimeOffset _now;

    [Inject]
    public required IWorkerBoard Board { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string Tally
    {
        get
        {
            var live = _lines!.Where(l => l is { IsGone: false, Queues.Count: > 0 }).ToArray();
            var training = live.Count(l => l.Trains.Count > 0);
            var speed = live.Sum(l => l.IterationsPerSecond);
            return $"{training} of {live.Length} {(live.Length == 1 ? "worker trains" : "workers train")}{(speed >= 0.5 ? $" at {NumberText.Whole((long)speed)} iterations a second" : "")}.";
        }
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        // Only here: a page that is rendered for its first delivery is thrown away afterwards.
        if (firstRender)
        {
            _ = GuardAsync(LookAsync);
        }
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Interval, Clock);
        while (await timer.WaitForNextTickAsync(Leaving))
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task SetDrainingAsync(WorkerLine worker)
    {
        await _asking.TryAsync(
            () => Board.SetDrainingAsync(worker.Id, !worker.IsDraining, Leaving),
            worker.IsDraining ? $"{worker.Name} takes work again." : $"{worker.Name} finishes what it trains and takes nothing more.");
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _lines = await Board.ListAsync(Leaving);
        _now = Clock.GetUtcNow();
    }

    private static string Runs(int count) => $"{NumberText.Whole(count)} {(count == 1 ? "run" : "runs")}";

    private string Age(DateTimeOffset since) => "for " + TimeText.Of(_now > since ? _now - since : TimeSpan.Zero);
}
