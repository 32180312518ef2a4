using Microsoft.AspNetCore.Components;
using Stepsize.Data.Selections;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Web.Components.Widgets;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Components.Run;

/// <summary>Stops and deletes single runs of a sweep. Each is done for itself: one that somebody else has changed meanwhile does not hinder the others.</summary>
public sealed partial class RunActions : IDisposable
{
    private readonly string _undo = Guid.NewGuid().ToString();
    private readonly HashSet<long> _ticked = [];
    private readonly List<long> _deleted = [];
    private readonly List<string> _faults = [];
    private bool _working;
    private long _shown;

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required Notices Notices { get; init; }

    [Parameter, EditorRequired]
    public required SweepView View { get; set; }

    [Parameter, EditorRequired]
    public required RunOrder Order { get; set; }

    /// <summary>Whether to show more than the first thirty.</summary>
    [Parameter]
    public bool All { get; set; }

    /// <summary>Something was done; the page reads the sweep again.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    /// <summary>Without those that are gone since.</summary>
    private IReadOnlyList<RunRow> Ticked => [.. View.Detail.Runs.Where(r => _ticked.Contains(r.Id))];

    private string CurvesAddress => $"curves?runs={RunSelection.Of(Ticked.Select(r => r.Id))}";

    private IReadOnlyList<RunRow> Unfinished => [.. Ticked.Where(r => r.Status != RunStatus.Finished)];

    public void Dispose() => Notices.Withdraw(_undo);

    protected override void OnParametersSet()
    {
        if (_shown != View.Detail.Summary.Id)
        {
            _shown = View.Detail.Summary.Id;
            _ticked.Clear();
            _deleted.Clear();
            _faults.Clear();
            Notices.Withdraw(_undo);
        }
    }

    private void Tick((IEnumerable<long> Runs, bool On) change)
    {
        if (change.On)
        {
            _ticked.UnionWith(change.Runs);
        }
        else
        {
            _ticked.ExceptWith(change.Runs);
        }
    }

    private Task StopAsync() => DoAsync(
        [.. Unfinished.Select(r => r.Id)],
        Launcher.StopRunAsync,
        stopped => Notices.TellAsync($"{stopped.Count} {(stopped.Count == 1 ? "run" : "runs")} stopped."));

    private Task DeleteAsync() => DoAsync([.. Ticked.Select(r => r.Id)], Launcher.DeleteRunAsync, deleted =>
    {
        _deleted.Clear();
        _deleted.AddRange(deleted);
        return Notices.OfferUndoAsync(_undo, Moved(deleted.Count), this, UndoAsync);
    });

    private Task UndoAsync() => DoAsync([.. _deleted], Launcher.RestoreRunAsync, restored =>
    {
        _deleted.RemoveAll(restored.Contains);
        return Notices.TellAsync($"{restored.Count} {(restored.Count == 1 ? "run" : "runs")} restored.");
    });

    private async Task DoAsync(IReadOnlyList<long> runs, Func<long, CancellationToken, Task> act, Func<List<long>, Task> done)
    {
        _faults.Clear();
        _working = true;
        var acted = new List<long>();
        try
        {
            foreach (var run in runs)
            {
                try
                {
                    // Not cancelled by leaving the page: half of what was ticked would be done.
                    await act(run, CancellationToken.None);
                    acted.Add(run);
                }
                catch (InvalidInputException e)
                {
                    _faults.Add(e.Message);
                }
            }

            _ticked.ExceptWith(acted);
            if (acted.Count > 0)
            {
                await done(acted);
            }
        }
        finally
        {
            _working = false;
        }

        await OnChanged.InvokeAsync();
    }
}
