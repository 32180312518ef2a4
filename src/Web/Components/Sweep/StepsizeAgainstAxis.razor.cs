using System.Globalization;
using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Sweep;

/// <summary>Reads again when the view or the address changes and when runs end, not with each of their segments.</summary>
public sealed partial class StepsizeAgainstAxis
{
    private StepsizeView? _shown;
    private (long Sweep, string? Window, string? Over, int Ended)? _read;
    private int? _from;
    private int? _to;

    [Parameter, EditorRequired]
    public required SweepView View { get; set; }

    /// <summary>The window's slug; null for the end of training.</summary>
    [Parameter]
    public string? Window { get; set; }

    /// <summary><c>median</c>, or null for the mean.</summary>
    [Parameter]
    public string? Over { get; set; }

    [Parameter]
    public bool AsHeatmap { get; set; }

    [Inject]
    public required StepsizeViewReader Reader { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Iterations of a run.</summary>
    private int Length
    {
        get
        {
            var sweep = View.Detail.Specification;
            return sweep.IterationsPerRun(sweep.Workload.Measure(sweep.WorkloadOptions));
        }
    }

    private IterationWindow Current => StepsizeView.WindowOf(Window, Length);

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> Windows =>
    [
        .. StepsizeView.Offered(Moment.Of(View.Detail.Specification), Length).Distinct().Select(w => (
            w.First == w.Last ? NumberText.Whole(w.First) : $"{NumberText.Whole(w.First)} to {NumberText.Whole(w.Last)}",
            Address("window", w == StepsizeView.WindowOf(null, Length) ? null : w.Slug), w == Current)),
    ];

    private IReadOnlyList<(string Title, string Address, bool IsCurrent)> Centers =>
        [("mean", Address("over", null), Over != "median"), ("median", Address("over", "median"), Over == "median")];

    protected override async Task OnParametersSetAsync()
    {
        (_from, _to) = (Current.First, Current.Last);
        var wanted = (View.Detail.Summary.Id, Window, Over, View.Detail.Runs.Count(r => r.Status == RunStatus.Finished));
        if (_read == wanted)
        {
            return;
        }

        _read = wanted;
        await GuardAsync(async () =>
        {
            var shown = await Reader.ReadAsync(View, Window, Over, Leaving);
            if (_read == wanted)
            {
                _shown = shown;
            }
        });
    }

    private string Address(string name, string? value) => Navigation.GetUriWithQueryParameter(name, value);

    private void ApplyWindow()
    {
        if (_from is > 0 && _to >= _from)
        {
            Navigation.NavigateTo(Address("window", new IterationWindow(_from.Value, _to.Value).Slug));
        }
    }

    private Dictionary<string, string?> ExportView(StepsizeGrid grid) => new(StringComparer.Ordinal)
    {
        ["sweep"] = View.Detail.Summary.Id.ToString(CultureInfo.InvariantCulture),
        ["window"] = Window,
        ["over"] = Over,
        ["axis"] = View.Grids.Count > 1 ? SweepTables.AxisName(grid.Axis) : null,
    };
}
