using Microsoft.AspNetCore.Components;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Training.Analysis;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Stepsize.Web.Figures.Theory;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Run;

/// <summary>One run: its curves, evaluations and provenance. Window and scales are in the address.</summary>
public sealed partial class RunPage
{
    /// <summary>Points of the tables behind the charts.</summary>
    private const int TablePoints = 24;

    private SweepDetail? _detail;
    private RunRow? _run;
    private BinnedRun? _binned;
    private RunTheory? _theory;
    private (long Run, int Iterations, RunStatus Status)? _theoryOf;
    private IReadOnlyList<Measure> _measures = [];
    private List<(MetricColumn Column, Curve? Curve)> _curves = [];
    private int? _from;
    private int? _to;

    [Inject]
    public required ISweepStore Store { get; init; }

    [Inject]
    public required IBin Bin { get; init; }

    [Inject]
    public required ISweepLauncher Launcher { get; init; }

    [Inject]
    public required ICurveReader Curves { get; init; }

    [Inject]
    public required RunTheoryReader Theory { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public long Id { get; set; }

    /// <summary>First iteration shown.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? FromText { get; set; }

    private int? From => AddressNumber.Whole(FromText);

    /// <summary>Last iteration shown.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? ToText { get; set; }

    private int? To => AddressNumber.Whole(ToText);

    /// <summary><c>log</c> for a logarithmic axis of iterations.</summary>
    [SupplyParameterFromQuery]
    public string? X { get; set; }

    [SupplyParameterFromQuery(Name = "loss")]
    public string? LossScale { get; set; }

    [SupplyParameterFromQuery(Name = "accuracy")]
    public string? AccuracyScale { get; set; }

    /// <summary>Which measure of the layers is shown.</summary>
    [SupplyParameterFromQuery]
    public string? Layers { get; set; }

    [SupplyParameterFromQuery(Name = "layer-scale")]
    public string? LayerScale { get; set; }

    [SupplyParameterFromQuery(Name = "stepsize")]
    public string? StepsizeScale { get; set; }

    /// <summary>Other runs of the sweep change all the time; this page shows one.</summary>
    protected override bool IsLive => _run is { Status: not RunStatus.Finished };

    private OptimizerGrid Optimizer => _detail!.Specification.Optimizers[_run!.Row];

    private string HeatmapAddress => $"sweeps/{_detail!.Summary.Id}?cell={CellPlace.SlugOf(_detail.Specification, _run!)}";

    private string Title => $"{SweepView.TitlesOf(_detail!.Specification.Optimizers)[_run!.Row]}, {SweepView.AxisTitle(Optimizer.Axis)} = {SweepView.AxisText(_detail.Specification, _run.Row, _run.AxisValue)}";

    private IReadOnlyList<(string Name, string Path, string What)> Downloads =>
    [
        ("Metrics", $"runs/{Id}/metrics", "loss, accuracy and stepsize of every iteration"),
        ("Evaluations", $"runs/{Id}/evaluations", "over the whole training and test sets"),
        .. _detail!.Specification.RecordIterates ? new[] { ("Iterates", $"runs/{Id}/iterates", "parameters after every iteration") } : [],
        .. _detail.Specification.RecordLayers ? new[] { ("Layers", $"runs/{Id}/layers", "norms and stepsize of every layer and iteration") } : [],
    ];

    protected override Task OnParametersSetAsync()
    {
        (_from, _to) = (From, To);
        return LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        _ = GuardAsync(ReadTheoryAsync);
        if (_detail is not null)
        {
            Watch(_detail.Summary.Id, readsAtOnce: false);
        }
    }

    private static string TitleOf(MetricColumn column) => column switch
    {
        MetricColumn.Loss => "Mini-batch loss",
        MetricColumn.Accuracy => "Mini-batch accuracy, %",
        _ => "Effective stepsize",
    };

    private static string Number(Measure measure, double value) => double.IsFinite(value) ? NumberText.Of(measure, value) : NumberText.Short(value);

    /// <summary>Stepsizes span decades, so theirs is logarithmic unless the address says otherwise.</summary>
    private bool IsLogarithmic(MetricColumn column) => column switch
    {
        MetricColumn.Loss => LossScale == "log",
        MetricColumn.Accuracy => AccuracyScale == "log",
        _ => StepsizeScale != "linear",
    };

    private string ScaleAddress(MetricColumn column, bool logarithmic) => column == MetricColumn.Stepsize
        ? Address(("stepsize", logarithmic ? null : "linear"))
        : Address((column.ToString().ToLowerInvariant(), logarithmic ? "log" : null));

    private string Address(params (string Name, object? Value)[] changes) =>
        Navigation.GetUriWithQueryParameters(changes.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal));

    private void Zoom((int First, int Last) window) => Navigation.NavigateTo(Address(("from", window.First), ("to", window.Last)));

    private void ApplyWindow() => Navigation.NavigateTo(Address(("from", _from), ("to", _to)));

    /// <summary>Comes when it is computed: the page does not wait for eigenvalues. Once when the page opens, and again when the run has ended.</summary>
    private async Task ReadTheoryAsync()
    {
        if (_run is not { } run || (_theoryOf is { } of && of.Run == run.Id && (of.Status == run.Status || run.Status != RunStatus.Finished)))
        {
            return;
        }

        _theoryOf = (run.Id, run.Iterations, run.Status);
        var theory = await Theory.ReadAsync(_detail!.Specification, run, Leaving);
        if (_theoryOf?.Run == Id)
        {
            _theory = theory;
            StateHasChanged();
        }
    }

    protected override async Task LoadAsync()
    {
        var id = Id;
        var sweep = await Store.FindSweepOfRunAsync(id, Leaving);
        var detail = sweep is null ? null : await Store.FindAsync(sweep.Value, Leaving);
        var run = detail?.Runs.FirstOrDefault(r => r.Id == id);
        _binned = run is null ? await Bin.FindRunAsync(id, Leaving) : null;
        if (run is null)
        {
            (_detail, _run) = (null, null);
            if (_binned is null)
            {
                Navigation.NotFound();
            }

            return;
        }

        var measures = SweepView.MeasuresOf(detail!);
        MetricColumn[] columns = measures.Any(m => m.IsAccuracy())
            ? [MetricColumn.Loss, MetricColumn.Accuracy, MetricColumn.Stepsize]
            : [MetricColumn.Loss, MetricColumn.Stepsize];
        var curves = new List<(MetricColumn, Curve?)>();
        foreach (var column in columns)
        {
            curves.Add((column, await Curves.ReadAsync(id, column, From, To, TablePoints, Leaving)));
        }

        if (id == Id)
        {
            _theory = _theoryOf?.Run == id ? _theory : null;
            (_detail, _run, _measures, _curves) = (detail, run, measures, curves);
        }
    }

    private async Task RestoreAsync()
    {
        await Launcher.RestoreRunAsync(Id, Leaving);
        await LoadAsync();
    }
}
