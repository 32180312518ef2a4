using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>What the scheduler does: sweeps that train, wait or are paused, and what went wrong lately. Live.</summary>
public sealed partial class JobsPage
{
    private const int FaultsShown = 20;

    private readonly Asking _asking = new();
    private List<Line>? _lines;
    private IReadOnlyList<RunFault> _faults = [];
    private DateTimeOffset _now;

    [Inject]
    public required ISweepStore Store { get; init; }

    [Inject]
    public required IJobBoard Board { get; init; }

    [Inject]
    public required IRunFaults Faults { get; init; }

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    /// <summary>Whether there is an order to be changed.</summary>
    private bool CanBeMoved => _lines!.Count(l => l.Summary.Status == SweepStatus.Queued) > 1;

    private string Tally
    {
        get
        {
            var running = _lines!.Count(l => l.Summary.Status == SweepStatus.Running);
            var waiting = _lines!.Count(l => l.Summary.Status == SweepStatus.Queued);
            var paused = _lines!.Count - running - waiting;
            var speed = _lines!.Sum(l => l.Summary.IterationsPerSecond ?? 0);
            return $"{Sweeps(running)} {(running == 1 ? "trains" : "train")}{(speed > 0 ? $" at {NumberText.Whole((long)speed)} iterations a second" : "")}, "
                + $"{NumberText.Whole(waiting)} {(waiting == 1 ? "waits" : "wait")}, {NumberText.Whole(paused)} {(paused == 1 ? "is" : "are")} paused.";

            static string Sweeps(int count) => $"{NumberText.Whole(count)} {(count == 1 ? "sweep" : "sweeps")}";
        }
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender) => Watch(null, readsAtOnce: true);

    private async Task DoAsync(Line line, Func<long, CancellationToken, Task> act)
    {
        await _asking.TryAsync(() => act(line.Summary.Id, CancellationToken.None));
        await LoadAsync();
    }

    /// <summary>Before or behind all others that wait: what is best for one sweep need not say how much.</summary>
    private Task MoveAsync(Line line, bool early)
    {
        var others = _lines!.Where(l => l.Summary.Status == SweepStatus.Queued && l.Summary.Id != line.Summary.Id).Select(l => l.Summary.Priority).ToArray();
        var priority = others.Length == 0 ? line.Summary.Priority : early ? others.Max() + 1 : others.Min() - 1;
        return DoAsync(line, (id, cancellation) => Launcher.SetPriorityAsync(id, Math.Clamp(priority, SweepPriority.Lowest, SweepPriority.Highest), cancellation));
    }

    protected override async Task LoadAsync()
    {
        var jobs = (await Board.ListAsync(Leaving)).ToDictionary(j => j.SweepId);
        var sweeps = await Store.ListAsync(Leaving);
        _faults = await Faults.ListAsync(FaultsShown, Leaving);
        _lines =
        [
            .. sweeps.Where(s => s.Status.IsLive() || s.Status == SweepStatus.Paused)
                .Select(s => new Line(s, jobs.GetValueOrDefault(s.Id)))
                .OrderBy(l => Place(l.Summary.Status)).ThenByDescending(l => l.Summary.Status == SweepStatus.Queued ? l.Summary.Priority : 0).ThenBy(l => l.Summary.Id),
        ];
        _now = Clock.GetUtcNow();
    }

    private static int Place(SweepStatus status) => status switch
    {
        SweepStatus.Running => 0,
        SweepStatus.Queued => 1,
        _ => 2,
    };

    private sealed record Line(SweepSummary Summary, JobLine? Job);
}
