using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Components.Forms;
using Stepsize.Web.Components.Models;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Components.Pages;

/// <summary>Starts a sweep: a preset as it is, or one described in the form or as JSON. Form and JSON follow each other.</summary>
public sealed partial class NewSweep : IAsyncDisposable
{
    /// <summary>A specification is a few kilobytes; long lists of values a few dozen.</summary>
    private const int MaximumFileBytes = 1 << 20;

    private readonly CancellationTokenSource _leaving = new();
    private SweepDraft _draft = SweepDraft.Default();
    private CheckedDraft _check = null!;
    private string _json = "";
    private bool _jsonIsWrong;
    private string _origin = "";
    private string? _refused;
    private bool _launching;
    private (string Workload, double? SecondsPerExample)? _measured;
    private string? _filled;

    [Inject]
    public required ISweepStore Store { get; init; }

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required DurationEstimator Estimator { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Preset to fill the form with.</summary>
    [SupplyParameterFromQuery]
    public string? Preset { get; set; }

    /// <summary>Sweep to fill the form with.</summary>
    [SupplyParameterFromQuery]
    public long? From { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Preset} {From}";
        if (_filled == wanted)
        {
            return;
        }

        _filled = wanted;
        _refused = null;
        if (PresetRegistry.Find(Preset) is { } preset)
        {
            Fill(SweepDraft.Of(preset.Specification), $"begun with {preset.Title}");
        }
        else if (From is { } id && await Store.FindAsync(id, _leaving.Token) is { } detail)
        {
            Fill(SweepDraft.Of(detail.Specification), $"begun with sweep {id}");
        }
        else
        {
            Fill(SweepDraft.Default(), "");
        }

        await MeasureAsync();
    }

    private void Fill(SweepDraft draft, string origin)
    {
        (_draft, _origin) = (draft, origin);
        CheckForm();
    }

    private void CheckForm()
    {
        _check = CheckedDraft.Of(_draft);
        _json = SpecificationText.Of(_draft.ToJson(new FaultList()));
        _jsonIsWrong = false;
    }

    private Task FormChanged()
    {
        CheckForm();
        return MeasureAsync();
    }

    private Task JsonChanged(ChangeEventArgs e) => TakeJson(e.Value?.ToString() ?? "");

    /// <summary>What was typed stays as it is; the form follows it as soon as it is right.</summary>
    private Task TakeJson(string text)
    {
        _json = text;
        _check = CheckedDraft.OfText(text);
        _jsonIsWrong = _check.Sweep is null;
        if (_check.Sweep is { } sweep)
        {
            _draft = SweepDraft.Of(sweep);
        }

        return MeasureAsync();
    }

    private async Task ImportAsync(InputFileChangeEventArgs e)
    {
        if (e.File.Size > MaximumFileBytes)
        {
            _check = CheckedDraft.Refused([new Fault("", $"{e.File.Name} has {e.File.Size} bytes; a specification has at most {MaximumFileBytes}.")]);
            _jsonIsWrong = true;
            return;
        }

        await using var stream = e.File.OpenReadStream(MaximumFileBytes, _leaving.Token);
        using var reader = new StreamReader(stream);
        await TakeJson(await reader.ReadToEndAsync(_leaving.Token));
        _origin = $"read from {e.File.Name}";
    }

    private DurationEstimate Estimate(SweepSpecification sweep) => Estimator.Of(sweep, _measured?.SecondsPerExample);

    /// <summary>Looks for earlier runs once for each workload with its options.</summary>
    private async Task MeasureAsync()
    {
        if (_check.Sweep is not { } sweep)
        {
            return;
        }

        var workload = sweep.Workload.Id + sweep.WorkloadOptions.ToJson().ToJsonString();
        if (_measured?.Workload != workload)
        {
            _measured = (workload, null);
            var found = await DurationEstimator.MeasureAsync(sweep, Store, _leaving.Token);
            if (_measured?.Workload == workload)
            {
                _measured = (workload, found);
            }
        }
    }

    private Task StartPresetAsync(Preset preset) => StartAsync(preset.Specification);

    private Task LaunchAsync() => _check.Sweep is { } sweep ? StartAsync(sweep) : Task.CompletedTask;

    private async Task StartAsync(SweepSpecification sweep)
    {
        if (_launching)
        {
            return;
        }

        (_launching, _refused) = (true, null);
        try
        {
            var id = await Launcher.LaunchAsync(sweep, _leaving.Token);
            Navigation.NavigateTo($"/sweeps/{id}");
        }
        catch (InvalidInputException e)
        {
            _refused = e.Message;
        }
        finally
        {
            _launching = false;
        }
    }
}
