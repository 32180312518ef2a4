using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Components.Sweep;

/// <summary>The control bar of a sweep. What another person did meanwhile is said in a sentence; the page then shows how things stand.</summary>
public sealed partial class SweepControls : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Panel _panel;
    private bool _working;
    private string? _fault;
    private string? _news;

    private enum Panel
    {
        None,
        Missing,
        Extend,
    }

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Parameter, EditorRequired]
    public required SweepDetail Detail { get; set; }

    /// <summary>Something was done; the page reads the sweep again.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private long SweepId => Detail.Summary.Id;

    private SweepStatus Status => Detail.Summary.Status;

    /// <summary>Points of the grid without a run, and runs that ended without a result.</summary>
    private int Missing =>
        Detail.Specification.RunCount - Detail.Runs.Count + Detail.Runs.Count(r => r.Outcome is RunOutcome.Failed or RunOutcome.CutShort);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private string Expanded(Panel panel) => _panel == panel ? "true" : "false";

    private void Toggle(Panel panel) => (_panel, _fault, _news) = (_panel == panel ? Panel.None : panel, null, null);

    private async Task DoAsync(Func<long, CancellationToken, Task> act)
    {
        (_working, _fault, _news) = (true, null, null);
        try
        {
            await act(SweepId, _leaving.Token);
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _working = false;
        }

        await OnChanged.InvokeAsync();
    }

    /// <param name="news">What was done; null where nothing was.</param>
    private async Task CloseAsync(string? news)
    {
        (_panel, _fault, _news) = (Panel.None, null, news);
        if (news is not null)
        {
            await OnChanged.InvokeAsync();
        }
    }
}
