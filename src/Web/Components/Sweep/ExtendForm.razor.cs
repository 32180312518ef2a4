using Microsoft.AspNetCore.Components;
using MudBlazor;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Components.Forms;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Sweep;

/// <summary>The form that extends a sweep. Every change of a field asks anew what the extension would do.</summary>
public sealed partial class ExtendForm
{
    private ExtensionDraft _draft = null!;
    private IReadOnlyList<Fault> _faults = [];
    private ExtensionPlan? _plan;
    private ThrottledRefresh? _planning;
    private bool _working;
    private string? _fault;

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required long SweepId { get; set; }

    [Parameter, EditorRequired]
    public required SweepSpecification Sweep { get; set; }

    /// <summary>Closed with what was done, in words.</summary>
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    private string ButtonText => _plan switch
    {
        { IsNewSweep: true } => $"Train {Count(_plan.New.Count)} in a new sweep",
        { New.Count: > 0 } => $"Add {Count(_plan.New.Count)}",
        _ => "Extend",
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_planning is not null)
        {
            await _planning.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized()
    {
        _draft = new ExtensionDraft(Sweep);
        _planning = new ThrottledRefresh(Clock, () => InvokeAsync(PlanAsync));
    }

    private static string Cells(ExtensionPlan plan) =>
        $"{NumberText.Whole(plan.Cells)} {(plan.Cells == 1 ? "cell" : "cells")}: {NumberText.Whole(plan.CellsThere)} exist, {NumberText.Whole(plan.Cells - plan.CellsThere)} new.";

    private static string Runs(ExtensionPlan plan)
    {
        var copied = plan.New.Count(r => r.CopyOf is not null);
        return $"{Count(plan.Runs)}: {NumberText.Whole(plan.RunsThere)} exist, {NumberText.Whole(plan.New.Count)} new"
            + (copied > 0 ? $", of which {NumberText.Whole(copied)} were trained in other sweeps and are copied" : "")
            + (plan.IsNewSweep ? $". They make a new sweep, “{plan.Specification.Name}”." : ".");
    }

    private static string Count(int runs) => $"{NumberText.Whole(runs)} {(runs == 1 ? "run" : "runs")}";

    private IReadOnlyList<Fault> At(string field) => [.. _faults.Where(f => f.Field == field)];

    private void Set(Action change)
    {
        change();
        _planning!.Signal();
    }

    private async Task PlanAsync()
    {
        try
        {
            (_plan, _faults, _fault) = (_draft.IsEmpty ? null : await Launcher.PreviewExtensionAsync(SweepId, _draft.Read(), Leaving), [], null);
        }
        catch (InvalidInputException e)
        {
            (_plan, _faults) = (null, e.Faults);
            _fault = e.Faults.FirstOrDefault(f => !_draft.Fields.Contains(f.Field))?.ToString();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
            return;
        }

        StateHasChanged();
    }

    private async Task ExtendAsync()
    {
        (_working, _fault) = (true, null);
        try
        {
            // Not cancelled by leaving the page: what was asked for is done.
            var added = _plan!.New.Count;
            var extended = await Launcher.ExtendAsync(SweepId, _draft.Read(), CancellationToken.None);
            Dialog.Close(DialogResult.Ok($"{Count(added)} added."));
            if (extended != SweepId)
            {
                Navigation.NavigateTo($"sweeps/{extended}");
            }
        }
        catch (InvalidInputException e)
        {
            (_plan, _fault) = (null, e.Message);
        }
        finally
        {
            _working = false;
        }
    }
}
