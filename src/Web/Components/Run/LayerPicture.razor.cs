using System.Globalization;
using Microsoft.AspNetCore.Components;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Run;

/// <summary>Norms and stepsizes by layer of a run whose sweep records them. The measure, the window and the scales are in the page's address.</summary>
public sealed partial class LayerPicture
{
    /// <summary>Points of the table's window: its ends are kept, and the smallest and largest of all between.</summary>
    private const int TablePoints = 24;

    private IReadOnlyList<LayerCurve> _layers = [];

    [Parameter, EditorRequired]
    public required RunRow Run { get; set; }

    /// <summary>The measure, as the address names it; null for the gradient.</summary>
    [Parameter]
    public string? Show { get; set; }

    /// <summary>First iteration shown; null for the start.</summary>
    [Parameter]
    public int? First { get; set; }

    /// <summary>Last iteration shown; null for the end.</summary>
    [Parameter]
    public int? Last { get; set; }

    [Parameter]
    public bool LogarithmicIterations { get; set; }

    /// <summary>Whether values are on a linear axis.</summary>
    [Parameter]
    public bool Linear { get; set; }

    [Inject]
    public required ILayerReader Layers { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private LayerMeasure Measure => Words.All<LayerMeasure>().GetValueOrDefault(Show ?? "", LayerMeasure.Gradient);

    private string Title => Measure switch
    {
        LayerMeasure.Gradient => "Norm of the gradient",
        LayerMeasure.Update => "Norm of the update",
        LayerMeasure.Rate => "Norm of the update over that of the gradient",
        _ => "Stepsize",
    };

    private string About => Measure switch
    {
        LayerMeasure.Gradient => "‖g‖ of the mini-batch, before the step",
        LayerMeasure.Update => "‖Δx‖, what the step changed",
        LayerMeasure.Rate => "‖Δx‖ / ‖g‖, what multiplied the gradient in effect",
        _ => "what the optimizer multiplied the layer's direction with; the run's where it has none of its own for layers",
    };

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> Choices =>
    [
        .. Enum.GetValues<LayerMeasure>().Select(m => (
            m switch { LayerMeasure.Gradient => "gradient", LayerMeasure.Update => "update", LayerMeasure.Rate => "effective rate", _ => "stepsize" },
            Navigation.GetUriWithQueryParameter("layers", m == LayerMeasure.Gradient ? null : Words.Of(m)), m == Measure)),
    ];

    private string Page => new Uri(Navigation.Uri).PathAndQuery;

    private string Source => string.Create(
        CultureInfo.InvariantCulture,
        $"api/runs/{Run.Id}/layers/curves?show={Words.Of(Measure)}{(First is { } first ? $"&from={first}" : "")}{(Last is { } last ? $"&to={last}" : "")}");

    protected override async Task OnParametersSetAsync()
    {
        var shown = (Run.Id, Measure, First, Last);
        var layers = await Layers.ReadAsync(Run.Id, Measure, First, Last, TablePoints, Leaving);
        if (shown == (Run.Id, Measure, First, Last))
        {
            _layers = layers;
        }
    }
}
