using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Faults;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Papers;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Stepsize.Web.Views.Theory;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>Which figure of a sweep.</summary>
public enum SweepExhibit
{
    Heatmap,
    Curves,
    Summary,

    /// <summary>Width against tolerance.</summary>
    Profile,
}

/// <summary>Makes exhibits of what is stored now. Shared by all requests.</summary>
public sealed class ExhibitReader(
    ISweepStore store, StoredRunReader runs, TheoryReader theory, CurveSubjectReader subjects, CurvePacketReader packets, ComparisonReader comparisons, StepsizeViewReader stepsizes)
{
    /// <summary>More lines than can be told apart in print.</summary>
    public const int MostLines = 250;

    /// <summary>Points of a line: as many as a printed picture shows, and fewer where many lines would make a large file.</summary>
    private const int CurvePoints = 1000;
    private const int LeastPoints = 120;
    private const int MostPoints = 30_000;

    /// <param name="tolerance">A tolerance's slug; null, or one that the measure does not have, for its default.</param>
    /// <param name="axis"><c>b0</c> or <c>lr</c>; null, or an axis that the sweep does not have, for its first.</param>
    /// <returns>Null where there is no such sweep.</returns>
    public async Task<Exhibit?> OfSweepAsync(
        SweepExhibit kind, long sweepId, string? measure, string? moment, string? statistic, string? tolerance, string? axis, CancellationToken cancellation) =>
        await store.FindAsync(sweepId, cancellation) is { } detail
            ? await OfSweepAsync(kind, SweepView.Of(detail, MeasureText.Parse(measure), moment, RunStatistic.Parse(statistic), tolerance), axis, cancellation)
            : null;

    /// <inheritdoc cref="OfSweepAsync(SweepExhibit, long, string, string, string, string, string, CancellationToken)"/>
    public async Task<Exhibit> OfSweepAsync(SweepExhibit kind, SweepView view, string? axis, CancellationToken cancellation)
    {
        if (kind is SweepExhibit.Summary or SweepExhibit.Profile)
        {
            return kind == SweepExhibit.Summary ? SummaryExhibit.Of(view) : ProfileExhibit.Of(view);
        }

        var grid = view.Grids.FirstOrDefault(g => SweepTables.AxisName(g) == axis) ?? view.Grids[0];
        var facts = await theory.ReadAsync(view.Detail.Specification).WaitAsync(cancellation);
        var marks = StabilityMarks.Of(view.Detail.Specification, grid, facts);
        return kind == SweepExhibit.Heatmap ? HeatmapExhibit.Of(view, grid, marks) : RobustnessExhibit.Of(view, grid, marks);
    }

    /// <summary>Effective stepsize against the axis.</summary>
    /// <param name="window">Iterations averaged, such as <c>101-200</c>; null for the end.</param>
    /// <param name="over"><c>median</c>, or null for the mean.</param>
    /// <param name="axis"><c>b0</c> or <c>lr</c>; null for the first.</param>
    /// <returns>Null where there is no such sweep.</returns>
    public async Task<Exhibit?> OfStepsizesAsync(long sweepId, string? window, string? over, string? axis, CancellationToken cancellation)
    {
        if (await store.FindAsync(sweepId, cancellation) is not { } detail)
        {
            return null;
        }

        var view = await stepsizes.ReadAsync(SweepView.Of(detail, null, null), window, over, cancellation);
        return StepsizeExhibit.Of(view, view.Grids.FirstOrDefault(g => SweepTables.AxisName(g.Axis) == axis) ?? view.Grids[0]);
    }

    /// <returns>Null where there is no such table.</returns>
    public async Task<Exhibit?> OfPaperAsync(string tableId, CancellationToken cancellation) =>
        await ComparePaperAsync(tableId, cancellation) is { } comparison ? PaperExhibit.Of(comparison) : null;

    /// <summary>A published table with what the runs stored now give.</summary>
    /// <returns>Null where there is no such table.</returns>
    public async Task<TableComparison?> ComparePaperAsync(string tableId, CancellationToken cancellation) =>
        ProtocolRegistry.Find(tableId) is { } protocol ? TableComparison.Of(protocol, await runs.ReadAsync(cancellation)) : null;

    /// <summary>A per-iteration column of many runs.</summary>
    /// <exception cref="InvalidInputException">None of the runs is there, or there are too many; says what to do.</exception>
    public async Task<Exhibit> OfCurvesAsync(CurveQuery query, bool logarithmicY, CancellationToken cancellation)
    {
        var (subject, packet) = await ReadCurvesAsync(query, cancellation);
        return CurvesExhibit.Of(subject, packet, query, logarithmicY);
    }

    /// <summary>What <see cref="OfCurvesAsync"/> is drawn from.</summary>
    /// <exception cref="InvalidInputException">None of the runs is there, or there are too many; says what to do.</exception>
    public async Task<(CurveSubject Subject, CurvePacket Packet)> ReadCurvesAsync(CurveQuery query, CancellationToken cancellation)
    {
        var subject = await subjects.ReadAsync(query, cancellation);
        if (subject.Series.Count > MostLines)
        {
            throw new InvalidInputException(
                "", $"These are {NumberText.Whole(subject.Series.Count)} lines, and a picture for print has at most {MostLines}; put seeds together (over=mean), or choose fewer runs.");
        }

        return (subject, await packets.ReadAsync(subject, query, Math.Clamp(MostPoints / subject.Series.Count, LeastPoints, CurvePoints), cancellation));
    }

    /// <summary>What a comparison subtracts, or what tuning brings.</summary>
    /// <param name="axis">Of the differences; null for the first.</param>
    /// <returns>Null where there is nothing to show.</returns>
    public async Task<Exhibit?> OfComparisonAsync(bool isBudget, ComparisonAddress address, string? axis, CancellationToken cancellation)
    {
        var details = await comparisons.ReadAsync(address, cancellation);
        return details.Count == 0 ? null
            : isBudget ? BudgetExhibit.Of(ComparisonView.Of(address, details))
            : DifferenceExhibit.Of(ComparisonView.Of(address, details), axis);
    }
}
