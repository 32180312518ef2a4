using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Stepsize.Data.Metrics;
using Stepsize.Web.Views.Addresses;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Run;

/// <summary>One per-iteration column of a run. The script fetches its data itself: curves do not go through rendering.</summary>
public sealed partial class CurveChart : IAsyncDisposable
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private DotNetObjectReference<CurveChart>? _self;
    private Options? _drawn;
    private bool _disposed;

    [Parameter, EditorRequired]
    public required long RunId { get; set; }

    [Parameter, EditorRequired]
    public required MetricColumn Column { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The window in a few points, for the table.</summary>
    [Parameter]
    public Curve? Curve { get; set; }

    /// <summary>First iteration shown; null for the start.</summary>
    [Parameter]
    public int? First { get; set; }

    /// <summary>Last iteration shown; null for the end.</summary>
    [Parameter]
    public int? Last { get; set; }

    [Parameter]
    public bool Logarithmic { get; set; }

    [Parameter]
    public bool LogarithmicIterations { get; set; }

    [Parameter, EditorRequired]
    public required string LinearAddress { get; set; }

    [Parameter, EditorRequired]
    public required string LogarithmicAddress { get; set; }

    /// <summary>A stretch of iterations was chosen in the chart.</summary>
    [Parameter]
    public EventCallback<(int First, int Last)> OnZoom { get; set; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [JSInvokable]
    public Task OnZoomed(int first, int last) => InvokeAsync(() => OnZoom.InvokeAsync((first, last)));

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("dispose");
                await _chart.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its chart with it.
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var wanted = new Options(
            ApiRoutes.Curve(RunId, Column), First, Last, LogarithmicIterations, Logarithmic, Column == MetricColumn.Accuracy,
            Series.ColorName((int)Column), Curve?.Total ?? 0);
        if (wanted == _drawn || wanted.Total == 0)
        {
            return;
        }

        var isFirst = _drawn is null;
        _drawn = wanted;
        try
        {
            if (isFirst)
            {
                _self = DotNetObjectReference.Create(this);
                _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/curves.js");
                if (!_disposed)
                {
                    _chart = await _module.InvokeAsync<IJSObjectReference>("mount", _element, _self, _drawn);
                }
            }
            else if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("update", wanted);
            }
        }
        catch (JSDisconnectedException)
        {
        }
    }

    /// <summary>What is shown, for files that show the same.</summary>
    private Dictionary<string, string?> ExportView => new(StringComparer.Ordinal)
    {
        ["runs"] = RunId.ToString(CultureInfo.InvariantCulture),
        ["show"] = Column.ToString().ToLowerInvariant(),
        ["from"] = First?.ToString(CultureInfo.InvariantCulture),
        ["to"] = Last?.ToString(CultureInfo.InvariantCulture),
        ["x"] = LogarithmicIterations ? "log" : null,
        ["y"] = Logarithmic ? "log" : null,
    };

    private string Number(float value) =>
        Column == MetricColumn.Accuracy && float.IsFinite(value) ? NumberText.Short(100 * value) : NumberText.Short(value);

    /// <param name="Total">Iterations recorded: more of them are a reason to draw again.</param>
    private sealed record Options(string Source, int? First, int? Last, bool LogX, bool LogY, bool Percent, string Color, int Total);
}
