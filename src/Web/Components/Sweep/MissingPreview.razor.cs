using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Faults;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Sweep;

/// <summary>Runs what is shown, nothing else: where somebody was faster, it says so and shows the list anew.</summary>
public sealed partial class MissingPreview : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private MissingRuns? _missing;
    private bool _working;
    private string? _fault;
    private ElementReference _title;

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Parameter, EditorRequired]
    public required long SweepId { get; set; }

    /// <summary>What was done, in words; null where nothing was.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string?> OnDone { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LookAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _title.FocusAsync();
        }
    }

    private static string Count(int runs) => $"{NumberText.Whole(runs)} {(runs == 1 ? "run" : "runs")}";

    private async Task LookAsync()
    {
        try
        {
            _missing = await Launcher.PreviewMissingAsync(SweepId, _leaving.Token);
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
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
            await OnDone.InvokeAsync($"{Count(queued)} queued.");
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

    private Task OnKey(KeyboardEventArgs key) => key.Key == "Escape" && !_working ? OnDone.InvokeAsync(null) : Task.CompletedTask;
}
