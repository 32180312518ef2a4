using Microsoft.AspNetCore.Components;
using MudBlazor;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Faults;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Sweep;

/// <summary>Runs what is shown, nothing else: where somebody was faster, it says so and shows the list anew.</summary>
public sealed partial class MissingPreview
{
    private MissingRuns? _missing;
    private bool _working;
    private string? _fault;

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Parameter, EditorRequired]
    public required long SweepId { get; set; }

    /// <summary>Closed with what was done, in words.</summary>
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    protected override Task OnInitializedAsync() => LookAsync();

    private static string Count(int runs) => $"{NumberText.Whole(runs)} {(runs == 1 ? "run" : "runs")}";

    private async Task LookAsync()
    {
        try
        {
            _missing = await Launcher.PreviewMissingAsync(SweepId, Leaving);
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
        }
    }

    private async Task RunAsync()
    {
        (_working, _fault) = (true, null);
        try
        {
            // Not cancelled by leaving the page: what was asked for is done.
            var queued = await Launcher.RunMissingAsync(SweepId, [.. _missing!.Runs.Select(r => r.Point.ConfigurationHash)], CancellationToken.None);
            Dialog.Close(DialogResult.Ok($"{Count(queued)} queued."));
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
            await LookAsync();
        }
        finally
        {
            _working = false;
        }
    }
}
