using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>A sweep as one measure at one moment shows it: what heatmap, curves and summary are drawn from.</summary>
public sealed class SweepView
{
    private readonly Dictionary<long, double> _results;
    private readonly Lazy<string?> _mixed;

    /// <param name="rows">The rows to show; null for all.</param>
    /// <param name="tolerance">Null, or one that the measure does not have, for the measure's default.</param>
    private SweepView(SweepDetail detail, Measure measure, Moment moment, RunStatistic statistic, IReadOnlySet<int>? rows, Tolerance? tolerance)
    {
        Detail = detail;
        _mixed = new Lazy<string?>(() => MixedProvenance.Of(detail.Runs.Select(r => r.Provenance)));
        Measure = measure;
        Moment = moment;
        Statistic = statistic;
        var optimizers = detail.Specification.Optimizers;
        Grids = [.. Build().Select(g => Only(g, rows)).Where(g => g.Rows.Count > 0)];
        Scale = ScaleOf([this]);
        RowTitles = TitlesOf(optimizers);
        Robustness = new RobustnessView(
            detail.Specification,
            RowTitles,
            SweepRobustness.Of(detail.Specification, Grids, measure, tolerance, SweepRobustness.FloorOf(detail.Runs.Select(r => r.Provenance), measure)));
        _results = Grids.SelectMany(g => g.Rows).SelectMany(r => r.Cells).SelectMany(c => c.Seeds).ToDictionary(s => s.Run.Key, s => s.Value);

        IReadOnlyList<HeatmapGrid> Build() => HeatmapGrid.Build(
            [.. optimizers.Select(o => o.Axis)], [.. optimizers.Select(o => o.Values)], detail.Runs.Select(r => r.ToMeasured()), measure, moment.Iteration, statistic);
    }

    public SweepDetail Detail { get; }

    /// <summary>What differs between the origins of the sweep's runs; null where nothing does.</summary>
    public string? Mixed => _mixed.Value;

    public Measure Measure { get; }

    public Moment Moment { get; }

    /// <summary>What of the evaluations until the moment.</summary>
    public RunStatistic Statistic { get; }

    /// <summary>Statistic and moment in words, such as <c>best until epoch 5</c>.</summary>
    public string When => StatisticText.When(Statistic, Moment);

    /// <summary>The same for names of files.</summary>
    public string WhenSlug => Statistic == RunStatistic.Final ? Moment.Slug : $"{Statistic.Slug}-{Moment.Slug}";

    /// <summary>One for each axis of the sweep.</summary>
    public IReadOnlyList<HeatmapGrid> Grids { get; }

    /// <summary>How robust the rows are.</summary>
    public RobustnessView Robustness { get; }

    public Tolerance Tolerance => Robustness.Study.Tolerance;

    /// <summary>One for each row of the sweep with a result so far, in its order.</summary>
    public IReadOnlyList<RobustnessRow> Summaries => Robustness.Study.Rows;

    /// <summary>Null until something is measured.</summary>
    public ColorScale? Scale { get; private set; }

    /// <summary>Optimizers' titles; where one is there more than once, with the options that tell its rows apart.</summary>
    public IReadOnlyList<string> RowTitles { get; }

    /// <summary>Iterations of one run per second of its training, over a row's runs; NaN before any.</summary>
    public double IterationsPerSecond(int row) => Grids.SelectMany(g => g.Rows).First(r => r.Row == row).IterationsPerSecond;

    /// <param name="measure">Null, or a measure the workload does not have, for the workload's first.</param>
    /// <param name="moment">A moment's slug; null or unknown for the end.</param>
    /// <param name="statistic">Null for the evaluation at the moment.</param>
    /// <param name="tolerance">A tolerance's slug; null, or one that the measure does not have, for its default.</param>
    public static SweepView Of(SweepDetail detail, Measure? measure, string? moment, RunStatistic? statistic = null, string? tolerance = null)
    {
        var measures = MeasuresOf(detail);
        var shown = measure is { } wanted && measures.Contains(wanted) ? wanted : measures[0];
        return new SweepView(
            detail,
            shown,
            Moment.Of(detail.Specification).FirstOrDefault(m => m.Slug == moment) ?? Moment.End,
            statistic ?? RunStatistic.Final,
            rows: null,
            Tolerance.Parse(tolerance, shown));
    }

    /// <summary>Some rows of a sweep as exactly this measure shows them, be there values of it or not: one of several that stand side by side.</summary>
    public static SweepView Part(SweepDetail detail, IReadOnlySet<int> rows, Measure measure, Moment moment, RunStatistic statistic) =>
        new(detail, measure, moment, statistic, rows, tolerance: null);

    /// <summary>Gives views of one measure the same colours for the same values.</summary>
    public static ColorScale? ShareScale(IReadOnlyList<SweepView> views)
    {
        var scale = ScaleOf(views);
        foreach (var view in views)
        {
            view.Scale = scale;
        }

        return scale;
    }

    /// <summary>Measures that any evaluation so far holds, the workload's leading one first; before the first one, what most workloads have.</summary>
    public static IReadOnlyList<Measure> MeasuresOf(SweepDetail detail)
    {
        var leading = detail.Specification.Workload.LeadingMeasure;
        Measure[] found =
        [
            .. MeasureText.All.OrderByDescending(m => m == leading).Where(m => detail.Runs.Any(r => r.Evaluations.Any(e => double.IsFinite(m.Of(e.Evaluation))))),
        ];
        return found.Length > 0 ? found : [Measure.TestAccuracy];
    }

    /// <summary>What a run measured at the moment shown; NaN where it has no value.</summary>
    public double ResultOf(long runId) => _results.GetValueOrDefault(runId, double.NaN);

    public static IReadOnlyList<string> TitlesOf(IReadOnlyList<OptimizerGrid> optimizers)
    {
        var titles = new string[optimizers.Count];
        foreach (var group in optimizers.Select((grid, row) => (grid, row)).GroupBy(o => (o.grid.Optimizer.Id, o.grid.Axis)))
        {
            var telling = group.First().grid.Options.Values.Keys
                .Where(id => group.Select(o => o.grid.Options.ToJson()[id]?.ToJsonString()).Distinct().Count() > 1).ToArray();
            foreach (var (grid, row) in group)
            {
                var options = grid.Options.ToJson();
                titles[row] = telling.Length == 0
                    ? grid.Optimizer.Title
                    : $"{grid.Optimizer.Title}, {string.Join(", ", telling.Select(id => $"{id} {options[id]?.ToString()}"))}";
            }
        }

        return titles;
    }

    /// <summary>The rows asked for, without the columns that none of them has.</summary>
    private static HeatmapGrid Only(HeatmapGrid grid, IReadOnlySet<int>? rows)
    {
        if (rows is null)
        {
            return grid;
        }

        HeatmapRow[] kept = [.. grid.Rows.Where(r => rows.Contains(r.Row))];
        int[] columns = [.. Enumerable.Range(0, grid.Columns.Count).Where(i => kept.Any(r => r.Cells[i].State != CellState.Missing))];
        return grid with
        {
            Columns = [.. columns.Select(i => grid.Columns[i])],
            Rows = [.. kept.Select(r => r with { Cells = [.. columns.Select(i => r.Cells[i])] })],
        };
    }

    private static ColorScale? ScaleOf(IReadOnlyList<SweepView> views) =>
        HeatmapGrid.Range([.. views.SelectMany(v => v.Grids)]) is { } range ? new ColorScale(views[0].Measure, range) : null;

    /// <summary>A value of a row's axis, with as many digits as tell it from the sweep's others on that axis.</summary>
    public string AxisText(int row, double value) => AxisText(Detail.Specification, row, value);

    /// <inheritdoc cref="AxisText(int, double)"/>
    public static string AxisText(SweepSpecification sweep, int row, double value) =>
        NumberText.Axis(value, sweep.Optimizers.Where(o => o.Axis == sweep.Optimizers[row].Axis).SelectMany(o => o.Values));

    /// <summary>Whether anything has been measured, be it on the way.</summary>
    public bool HasNumbers => Scale is not null;

    public static string AxisTitle(RobustnessAxis axis) => axis == RobustnessAxis.B0 ? "b₀" : "learning rate";
}
