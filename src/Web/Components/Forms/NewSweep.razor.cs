using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Components.Widgets;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Forms;

/// <summary>Starts a sweep: a preset as it is, or one described in the form or as JSON. Form and JSON follow each other.</summary>
public sealed partial class NewSweep : IAsyncDisposable
{
    /// <summary>A specification is a few kilobytes; long lists of values a few dozen.</summary>
    private const int MaximumFileBytes = 1 << 20;

    private const string Question = "Leave the form? What you filled in is kept in this browser until you start it or begin anew.";

    private readonly CancellationTokenSource _leaving = new();
    private IJSObjectReference? _script;
    private bool _edited;
    private string? _kept;
    private bool _isKept;
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

    [Inject]
    public required IJSRuntime Script { get; init; }

    /// <summary>Preset to fill the form with.</summary>
    [SupplyParameterFromQuery]
    public string? Preset { get; set; }

    /// <summary>Sweep to fill the form with.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? FromText { get; set; }

    private long? From => AddressNumber.Id(FromText);

    /// <summary>A person's own table to fill the form for.</summary>
    [SupplyParameterFromQuery]
    public string? Table { get; set; }

    [Inject]
    public required DatasetFolders Datasets { get; init; }

    /// <summary>What a person may not have meant of the data.</summary>
    private IReadOnlyList<string> Remarks => _check.Sweep is { } sweep ? sweep.Workload.Remarks(sweep.WorkloadOptions, Datasets) : [];

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        try
        {
            if (_script is not null)
            {
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }

        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Preset} {From} {Table}";
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
        else if (Table is { } table && TableDraft.Of(table, Datasets) is { } draft)
        {
            Fill(draft, $"begun with the table {table}");
        }
        else
        {
            Fill(SweepDraft.Default(), "");
        }

        await MeasureAsync();
    }

    /// <summary>What was filled in before, in this browser: the server may have been started anew, or the page left.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _script = await Script.InvokeAsync<IJSObjectReference>("import", _leaving.Token, "./js/draft.js");
            _kept = await _script.InvokeAsync<string?>("kept", _leaving.Token);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            return;
        }

        if (_kept == _json || string.IsNullOrWhiteSpace(_kept) || _kept.Length > MaximumFileBytes)
        {
            _kept = null;
        }
        else if (Preset is null && From is null && Table is null && !_edited)
        {
            await GoOnAsync(_kept);
        }

        StateHasChanged();
    }

    private async Task GoOnAsync(string kept)
    {
        _isKept = true;
        await TakeJson(kept);
        _origin = "as you had filled it in";
    }

    private async Task BeginAnewAsync()
    {
        await ForgetAsync();
        (_kept, _isKept) = (null, false);
        Fill(SweepDraft.Default(), "");
        await MeasureAsync();
    }

    /// <summary>Keeps what is in the form, as it is, in this browser.</summary>
    private async Task KeepAsync()
    {
        // What is launched is kept no more: a change that was still being measured must not bring it back.
        if (_launching)
        {
            return;
        }

        _edited = true;
        await TryAsync("keep", _json);
    }

    private async Task ForgetAsync()
    {
        _edited = false;
        await TryAsync("forget");
    }

    private async Task TryAsync(string function, params object[] arguments)
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync(function, _leaving.Token, arguments);
            }
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // Whoever has left keeps what was kept before.
        }
    }

    private async Task AskAsync(LocationChangingContext leaving)
    {
        if (_edited && _script is not null && !await _script.InvokeAsync<bool>("ask", _leaving.Token, Question))
        {
            leaving.PreventNavigation();
        }
    }

    /// <summary>A fault in the words of the form, or with its line where the text is what is edited.</summary>
    private string Said(Fault fault)
    {
        if (!_jsonIsWrong)
        {
            return FieldText.Of(fault, FieldText.Titles(_draft));
        }

        var places = JsonPlaces.Of(_json);
        var said = FieldText.Of(fault, [.. places.OptimizerIds.Select(id => OptimizerRegistry.Find(id)?.Title ?? id)]);
        return places.LineOf(fault.Field) is { } line ? $"Line {line}: {said}" : said;
    }

    private void Fill(SweepDraft draft, string origin)
    {
        (_draft, _origin) = (draft, origin);
        CheckForm();
    }

    private void CheckForm()
    {
        _check = CheckedDraft.Of(_draft).WithData(Datasets);
        _json = SpecificationText.Of(_draft.ToJson(new FaultList()));
        _jsonIsWrong = false;
    }

    private async Task FormChanged()
    {
        CheckForm();
        await KeepAsync();
        await MeasureAsync();
    }

    private async Task JsonChanged(ChangeEventArgs e)
    {
        // At once, not when it is measured: what was kept before must not come back over what is typed while the page connects.
        _edited = true;
        await TakeJson(e.Value?.ToString() ?? "");
        await KeepAsync();
    }

    /// <summary>What was typed stays as it is; the form follows it as soon as it is right.</summary>
    private Task TakeJson(string text)
    {
        _json = text;
        _check = CheckedDraft.OfText(text);
        _jsonIsWrong = _check.Sweep is null;
        if (_check.Sweep is { } sweep)
        {
            _draft = SweepDraft.Of(sweep);
            _check = _check.WithData(Datasets);
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
        await KeepAsync();
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
            var found = await Estimator.PaceAsync(sweep, Store, _leaving.Token);
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
            await ForgetAsync();

            // Still launching until the page is left: a second click may be waiting already.
            Navigation.NavigateTo($"sweeps/{id}");
        }
        catch (Exception e)
        {
            _launching = false;
            if (e is not InvalidInputException)
            {
                throw;
            }

            _refused = e.Message;
        }
    }
}
