using Microsoft.AspNetCore.Components;
using MudBlazor;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Components.Widgets;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Components.Sweep;

/// <summary>The control bar of a sweep. What another person did meanwhile is said in a sentence; the page then shows how things stand.</summary>
public sealed partial class SweepControls
{
    private bool _working;
    private string? _fault;

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Notices Notices { get; init; }

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

    private Task RunMissingAsync() => ShowAsync(new DialogParameters<MissingPreview> { { p => p.SweepId, SweepId } });

    private Task ExtendAsync() => ShowAsync(new DialogParameters<ExtendForm> { { p => p.SweepId, SweepId }, { p => p.Sweep, Detail.Specification } });

    private async Task ShowAsync<TPanel>(DialogParameters<TPanel> parameters)
        where TPanel : IComponent
    {
        _fault = null;
        if (await Dialogs.ShowAsync(parameters, Leaving) is { } news)
        {
            await Notices.TellAsync(news);
            await OnChanged.InvokeAsync();
        }
    }

    private async Task DoAsync(Func<long, CancellationToken, Task> act)
    {
        (_working, _fault) = (true, null);
        try
        {
            await act(SweepId, Leaving);
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _working = false;
        }

        await OnChanged.InvokeAsync();
    }
}
