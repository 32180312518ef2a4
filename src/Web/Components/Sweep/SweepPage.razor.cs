using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Training.Analysis;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Stepsize.Web.Views.Theory;

namespace Stepsize.Web.Components.Sweep;

/// <summary>One sweep, live. What is shown of it is in the address.</summary>
public sealed partial class SweepPage
{
    private SweepDetail? _detail;
    private SweepView? _view;
    private BinnedSweep? _binned;
    private TheoryFacts? _theory;
    private string _json = "";

    [Inject]
    public required ISweepStore Store { get; init; }

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required IBin Bin { get; init; }

    [Inject]
    public required TheoryReader Theory { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public long Id { get; set; }

    /// <summary>The measure's slug.</summary>
    [SupplyParameterFromQuery]
    public string? Measure { get; set; }

    /// <summary>The moment's slug.</summary>
    [SupplyParameterFromQuery]
    public string? At { get; set; }

    /// <summary>The statistic's slug.</summary>
    [SupplyParameterFromQuery]
    public string? Stat { get; set; }

    /// <summary>The tolerance's slug.</summary>
    [SupplyParameterFromQuery]
    public string? Tolerance { get; set; }

    /// <summary>A cell to point out, as <c>row-column</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Cell { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    /// <summary><c>all</c> for every run.</summary>
    [SupplyParameterFromQuery]
    public string? Runs { get; set; }

    /// <summary>Index of the optimizer whose stepsizes are shown.</summary>
    [SupplyParameterFromQuery]
    public string? Stepsizes { get; set; }

    /// <summary>Iterations over which stepsizes are averaged, such as <c>101-200</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Window { get; set; }

    /// <summary><c>median</c> for the median of stepsizes over seeds.</summary>
    [SupplyParameterFromQuery]
    public string? Over { get; set; }

    /// <summary>Whether the heatmap is one of effective stepsizes, which evaluations know nothing of.</summary>
    private bool ShowsStepsizes => Measure == ViewSwitches.StepsizeMeasure;

    private int StepsizeRow => int.TryParse(Stepsizes, out var row) && row >= 0 && row < _view!.RowTitles.Count ? row : 0;

    private string About
    {
        get
        {
            var sweep = _view!.Detail.Specification;
            var axes = string.Join(" and ", _view.Grids.Select(g => $"{g.Columns.Count} values of {SweepView.AxisTitle(g.Axis)}"));
            var length = sweep.Epochs is { } epochs ? $"{NumberText.Whole(epochs)} {(epochs == 1 ? "epoch" : "epochs")}" : $"{NumberText.Whole(sweep.Iterations ?? 0)} iterations";
            return $"{sweep.Workload.Title} · {sweep.Optimizers.Count} {(sweep.Optimizers.Count == 1 ? "optimizer" : "optimizers")} × {axes} × "
                + $"{sweep.Seeds.Count} {(sweep.Seeds.Count == 1 ? "seed" : "seeds")} · batch {NumberText.Whole(sweep.BatchSize)} · {length}";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        // A switch changes the view, not the data.
        if (_detail?.Summary.Id == Id)
        {
            Show(_detail);
            return;
        }

        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (_view is not null && Watch(Id, readsAtOnce: true))
        {
            _ = GuardAsync(() => ReadTheoryAsync(Id, _view.Detail.Specification));
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>What the page shows, for files that show the same.</summary>
    private Dictionary<string, string?> ExportView(HeatmapGrid? grid) =>
        new(StringComparer.Ordinal) { ["measure"] = Measure, ["at"] = At, ["stat"] = Stat, ["tolerance"] = Tolerance, ["axis"] = grid is not null && _view!.Grids.Count > 1 ? SweepTables.AxisName(grid) : null };

    private StabilityMarks? MarksOf(HeatmapGrid grid) => StabilityMarks.Of(_view!.Detail.Specification, grid, _theory);

    /// <summary>The line 2/L comes when it is computed: the page does not wait for it.</summary>
    private async Task ReadTheoryAsync(long id, SweepSpecification sweep)
    {
        var facts = await Theory.ReadAsync(sweep).WaitAsync(Leaving);
        if (id == Id && facts is not null)
        {
            _theory = facts;
            StateHasChanged();
        }
    }

    protected override async Task LoadAsync()
    {
        var id = Id;
        var detail = await Store.FindAsync(id, Leaving);
        if (id != Id)
        {
            return;
        }

        if (detail is null)
        {
            (_detail, _view) = (null, null);
            _binned = await Bin.FindSweepAsync(id, Leaving);
            if (_binned is null)
            {
                Navigation.NotFound();
            }

            return;
        }

        if (_detail?.Summary.Id != id)
        {
            _theory = null;
            _json = SpecificationText.Of(SpecificationWriter.ToJson(detail.Specification));
        }

        Show(detail);
    }

    private void Show(SweepDetail detail)
    {
        _binned = null;
        _detail = detail;
        _view = SweepView.Of(detail, MeasureText.Parse(Measure), At, RunStatistic.Parse(Stat), Tolerance);
    }

    private async Task RestoreAsync()
    {
        await Launcher.RestoreSweepAsync(Id, Leaving);
        await LoadAsync();
    }
}
