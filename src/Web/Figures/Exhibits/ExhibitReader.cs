using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Components.Models;
using Stepsize.Web.Papers;
using Stepsize.Web.Theory;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>Which figure of a sweep.</summary>
public enum SweepExhibit
{
    Heatmap,
    Curves,
    Summary,
}

/// <summary>Makes exhibits of what is stored now. Shared by all requests.</summary>
public sealed class ExhibitReader(ISweepStore store, ICurveReader curves, StoredRunReader runs, TheoryReader theory)
{
    /// <summary>More lines than a picture's key can name.</summary>
    public const int MostRuns = 24;

    /// <summary>As many as a printed picture shows.</summary>
    private const int CurvePoints = 1000;

    /// <param name="axis"><c>b0</c> or <c>lr</c>; null, or an axis that the sweep does not have, for its first.</param>
    /// <returns>Null where there is no such sweep.</returns>
    public async Task<Exhibit?> OfSweepAsync(SweepExhibit kind, long sweepId, string? measure, string? moment, string? statistic, string? axis, CancellationToken cancellation) =>
        await store.FindAsync(sweepId, cancellation) is { } detail
            ? await OfSweepAsync(kind, SweepView.Of(detail, MeasureText.Parse(measure), moment, RunStatistic.Parse(statistic)), axis, cancellation)
            : null;

    /// <inheritdoc cref="OfSweepAsync(SweepExhibit, long, string, string, string, string, CancellationToken)"/>
    public async Task<Exhibit> OfSweepAsync(SweepExhibit kind, SweepView view, string? axis, CancellationToken cancellation)
    {
        if (kind == SweepExhibit.Summary)
        {
            return SummaryExhibit.Of(view);
        }

        var grid = view.Grids.FirstOrDefault(g => SweepTables.AxisName(g) == axis) ?? view.Grids[0];
        var facts = await theory.ReadAsync(view.Detail.Specification).WaitAsync(cancellation);
        var marks = StabilityMarks.Of(view.Detail.Specification, grid, facts);
        return kind == SweepExhibit.Heatmap ? HeatmapExhibit.Of(view, grid, marks) : RobustnessExhibit.Of(view, grid, marks);
    }

    /// <returns>Null where there is no such table.</returns>
    public async Task<Exhibit?> OfPaperAsync(string tableId, CancellationToken cancellation) =>
        await ComparePaperAsync(tableId, cancellation) is { } comparison ? PaperExhibit.Of(comparison) : null;

    /// <summary>A published table with what the runs stored now give.</summary>
    /// <returns>Null where there is no such table.</returns>
    public async Task<TableComparison?> ComparePaperAsync(string tableId, CancellationToken cancellation) =>
        ProtocolRegistry.Find(tableId) is { } protocol ? TableComparison.Of(protocol, await runs.ReadAsync(cancellation)) : null;

    /// <summary>A per-iteration column of a few runs.</summary>
    /// <returns>Null where none of them is there.</returns>
    public async Task<Exhibit?> OfRunsAsync(IReadOnlyList<long> runIds, MetricColumn column, bool logarithmicX, bool logarithmicY, CancellationToken cancellation)
    {
        var (title, lines) = await ReadLinesAsync(runIds, column, cancellation);
        return lines.Count == 0 ? null : IterationExhibit.Of(title, column, lines, logarithmicX, logarithmicY);
    }

    /// <summary>The lines of those runs that are there, with a title for all.</summary>
    public async Task<(string Title, IReadOnlyList<RunLine> Lines)> ReadLinesAsync(IReadOnlyList<long> runIds, MetricColumn column, CancellationToken cancellation)
    {
        var sweeps = new Dictionary<long, SweepDetail>();
        var found = new List<(RunRow Run, SweepDetail Sweep, Curve Curve)>();
        foreach (var id in runIds.Distinct().Take(MostRuns))
        {
            if (await store.FindSweepOfRunAsync(id, cancellation) is { } sweepId
                && await SweepAsync(sweepId) is { } sweep
                && sweep.Runs.FirstOrDefault(r => r.Id == id) is { } run
                && await curves.ReadAsync(id, column, null, null, CurvePoints, cancellation) is { } curve)
            {
                found.Add((run, sweep, curve));
            }
        }

        var titles = sweeps.ToDictionary(s => s.Key, s => SweepView.TitlesOf(s.Value.Specification.Optimizers));
        return (
            string.Join(" and ", sweeps.Values.Select(s => s.Summary.Name).Distinct(StringComparer.Ordinal)),
            [.. found.Select(f => new RunLine(f.Run.Id, Label(f.Run, f.Sweep), f.Curve))]);

        async Task<SweepDetail?> SweepAsync(long id)
        {
            if (!sweeps.TryGetValue(id, out var known) && await store.FindAsync(id, cancellation) is { } read)
            {
                sweeps.Add(id, known = read);
            }

            return known;
        }

        string Label(RunRow run, SweepDetail sweep) =>
            (sweeps.Count > 1 ? sweep.Summary.Name + ": " : "")
            + $"{titles[sweep.Summary.Id][run.Row]}, {SweepView.AxisTitle(sweep.Specification.Optimizers[run.Row].Axis)} = {NumberText.Axis(run.AxisValue)}"
            + (sweep.Specification.Seeds.Count > 1 ? $", seed {run.Seed}" : "");
    }
}
