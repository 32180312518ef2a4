using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Api.Tables;

/// <summary>How much the result of each optimizer depends on its axis: the summary of the sweep's page.</summary>
public sealed record RobustnessAnswer
{
    /// <summary>The sweep.</summary>
    public required long Sweep { get; init; }

    /// <summary>What is summarised.</summary>
    public required Measure Measure { get; init; }

    /// <summary>When it was measured.</summary>
    public required string At { get; init; }

    /// <summary>What differs between the origins of the runs, such as their data; null where nothing does.</summary>
    public required string? MixedProvenance { get; init; }

    /// <summary>How evaluations until then became a run's number.</summary>
    public required string Statistic { get; init; }

    /// <summary>How much worse than the reference still counts: 2 (points of accuracy), x10 (times the loss) or below-1E-08.</summary>
    public required string Tolerance { get; init; }

    /// <summary>What a run that diverged or exploded counts as; null where that is infinite or not known.</summary>
    public required double? DivergedCountsAs { get; init; }

    /// <summary>Losses below are not told apart; null where no floor is recorded.</summary>
    public required double? RoundingFloor { get; init; }

    /// <summary>One for each optimizer with a result so far.</summary>
    public required IReadOnlyList<RobustnessRowAnswer> Rows { get; init; }

    internal static RobustnessAnswer Of(SweepView view) => new()
    {
        Sweep = view.Detail.Summary.Id,
        Measure = view.Measure,
        MixedProvenance = view.Mixed,
        At = view.Moment.Slug,
        Statistic = view.Statistic.Slug,
        Tolerance = view.Tolerance.Slug,
        DivergedCountsAs = Finite.OrNull(view.Robustness.Study.Lost),
        RoundingFloor = view.Robustness.Study.Floor > 0 ? view.Robustness.Study.Floor : null,
        Rows = [.. view.Summaries.Select(row => RobustnessRowAnswer.Of(row, view))],
    };
}

/// <summary>An interval of 95% by bootstrap over seeds; an end is null where it is infinite.</summary>
public sealed record IntervalAnswer(double? Low, double? High)
{
    internal static IntervalAnswer? Of(BootstrapInterval? interval) => interval is { } i ? new(Finite.OrNull(i.Low), Finite.OrNull(i.High)) : null;
}

/// <summary>
/// Statistics over the scores of an optimizer's cells: the mean over a cell's seeds, those that diverged or exploded counted as guessing (accuracies) or as
/// infinite (losses). Null where there is no finite number.
/// </summary>
public sealed record RobustnessRowAnswer
{
    /// <summary>Its index in the specification, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Its id.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Its title, with the options that tell it apart from others of the sweep.</summary>
    public required string Title { get; init; }

    /// <summary>b0 or lr.</summary>
    public required string Axis { get; init; }

    /// <summary>The best score of a cell.</summary>
    public required double? Best { get; init; }

    /// <summary>The axis value of the best; the smallest where several are equal.</summary>
    public required double? BestAt { get; init; }

    /// <summary>Whether the best is below what rounding lets one tell, and so only a bound.</summary>
    public required bool BestIsBound { get; init; }

    /// <summary>Of the best; null for fewer than three seeds.</summary>
    public required IntervalAnswer? BestInterval { get; init; }

    /// <summary>
    /// Decades of the initial stepsize around the best in which the score stays within the tolerance of the best of all rows; null where the best does not.
    /// </summary>
    public required double? Width { get; init; }

    /// <summary>Of the width.</summary>
    public required IntervalAnswer? WidthInterval { get; init; }

    /// <summary>Whether the band reaches an edge of the grid, so that the true width may be more.</summary>
    public required bool WidthIsAtLeast { get; init; }

    /// <summary>Where the band begins.</summary>
    public required double? BandFrom { get; init; }

    /// <summary>Where the band ends.</summary>
    public required double? BandTo { get; init; }

    /// <summary>As width, within the tolerance of the row's own best; null where it trains nowhere.</summary>
    public required double? OwnWidth { get; init; }

    /// <summary>Of it.</summary>
    public required IntervalAnswer? OwnWidthInterval { get; init; }

    /// <summary>Whether that band reaches an edge of the grid.</summary>
    public required bool OwnWidthIsAtLeast { get; init; }

    /// <summary>Mean score over the logarithm of the initial stepsize, geometric for losses.</summary>
    public required double? Area { get; init; }

    /// <summary>Of the area.</summary>
    public required IntervalAnswer? AreaInterval { get; init; }

    /// <summary>The score at the optimizer's default; null where it has none, or the grid does not reach it.</summary>
    public required double? Untuned { get; init; }

    /// <summary>Initial stepsize of the default.</summary>
    public required double? UntunedStepsize { get; init; }

    /// <summary>What tuning gains over the default: a share for accuracies, decades for losses.</summary>
    public required double? TuningGain { get; init; }

    /// <summary>Mean over the axis.</summary>
    public required double? Mean { get; init; }

    /// <summary>Median over the axis.</summary>
    public required double? Median { get; init; }

    /// <summary>The worst mean.</summary>
    public required double? Worst { get; init; }

    /// <summary>Deviation over the axis, division by n; null for fewer than two cells.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>Runs with a result.</summary>
    public required int Runs { get; init; }

    /// <summary>Of them, those that diverged or exploded.</summary>
    public required int Diverged { get; init; }

    /// <summary>Of them, those that exploded.</summary>
    public required int Exploded { get; init; }

    /// <summary>Cells that the stepsize lost as a whole.</summary>
    public required int LostCells { get; init; }

    internal static RobustnessRowAnswer Of(RobustnessRow row, SweepView view)
    {
        var grid = view.Detail.Specification.Optimizers[row.Row];
        var intervals = view.Robustness.Study.IntervalsOf(row.Row);
        return new RobustnessRowAnswer
        {
            Row = row.Row,
            Optimizer = grid.Optimizer.Id,
            Title = view.RowTitles[row.Row],
            Axis = RobustnessAxisName.Of(grid.Axis),
            Best = Finite.OrNull(row.Best),
            BestAt = Finite.OrNull(row.BestAt),
            BestIsBound = row.BestIsBound,
            BestInterval = IntervalAnswer.Of(intervals?.Best),
            Width = row.Band?.Decades,
            WidthInterval = IntervalAnswer.Of(intervals?.Width),
            OwnWidth = row.OwnBand?.Decades,
            OwnWidthInterval = IntervalAnswer.Of(intervals?.OwnWidth),
            OwnWidthIsAtLeast = row.OwnBand?.IsAtLeast ?? false,
            Area = Finite.OrNull(row.Area),
            AreaInterval = IntervalAnswer.Of(intervals?.Area),
            Untuned = Finite.OrNull(row.Untuned?.Score ?? double.NaN),
            UntunedStepsize = row.Untuned?.InitialStepsize,
            TuningGain = Finite.OrNull(row.Untuned?.Gain ?? double.NaN),
            WidthIsAtLeast = row.Band?.IsAtLeast ?? false,
            BandFrom = row.Band?.From,
            BandTo = row.Band?.To,
            Mean = Finite.OrNull(row.Mean),
            Median = Finite.OrNull(row.Median),
            Worst = Finite.OrNull(row.Worst),
            StandardDeviation = Finite.OrNull(row.StandardDeviation),
            Runs = row.Runs,
            Diverged = row.Diverged,
            Exploded = row.Exploded,
            LostCells = row.LostCells,
        };
    }
}
