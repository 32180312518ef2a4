using Stepsize.Training.Robustness;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>A number of a row's robustness, for programs.</summary>
/// <param name="Name">In camelCase.</param>
/// <param name="Description">What it is, as a sentence.</param>
/// <param name="Kind">Whether it is a number, a count or a flag, of which 1 means yes.</param>
/// <param name="Value">Null where there is no finite number.</param>
public sealed record RobustnessNumber(string Name, string Description, RobustnessNumberKind Kind, Func<RobustnessStudy, RobustnessRow, double?> Value);

/// <summary>What a <see cref="RobustnessNumber"/> is.</summary>
public enum RobustnessNumberKind
{
    Real,
    Count,
    Flag,
}

/// <summary>Every number of a row's robustness by itself: what CSV, JSON lines and the API write.</summary>
public static class RobustnessNumbers
{
    public static IReadOnlyList<RobustnessNumber> All { get; } =
    [
        new("best", "The best score of a cell.", RobustnessNumberKind.Real, (_, r) => Finite(r.Best)),
        Low("bestLow", "the best", i => i.Best),
        High("bestHigh", "the best", i => i.Best),
        new("bestAt", "The axis value of the best; the smallest where several are equal.", RobustnessNumberKind.Real, (_, r) => Finite(r.BestAt)),
        new("bestIsBound", "Whether the best is below what rounding lets one tell.", RobustnessNumberKind.Flag, (_, r) => r.BestIsBound ? 1 : 0),
        new("width", "Decades of the initial stepsize around the best within the tolerance of the best of all rows; 0 where the best itself is not.", RobustnessNumberKind.Real, (_, r) => r.Band?.Decades ?? 0),
        Low("widthLow", "width", i => i.Width),
        High("widthHigh", "width", i => i.Width),
        new("widthIsAtLeast", "Whether the band reaches an edge of the grid or a value without a result, so that its true width may be more.", RobustnessNumberKind.Flag, (_, r) => r.Band is { IsAtLeast: true } ? 1 : 0),
        new("bandFrom", "The axis value at which the band begins.", RobustnessNumberKind.Real, (_, r) => r.Band?.From),
        new("bandTo", "The axis value at which it ends.", RobustnessNumberKind.Real, (_, r) => r.Band?.To),
        new("ownWidth", "As width, within the tolerance of the row's own best.", RobustnessNumberKind.Real, (_, r) => r.OwnBand?.Decades ?? 0),
        Low("ownWidthLow", "ownWidth", i => i.OwnWidth),
        High("ownWidthHigh", "ownWidth", i => i.OwnWidth),
        new("ownWidthIsAtLeast", "As widthIsAtLeast, for ownWidth.", RobustnessNumberKind.Flag, (_, r) => r.OwnBand is { IsAtLeast: true } ? 1 : 0),
        new("ownBandFrom", "The axis value at which that band begins.", RobustnessNumberKind.Real, (_, r) => r.OwnBand?.From),
        new("ownBandTo", "The axis value at which it ends.", RobustnessNumberKind.Real, (_, r) => r.OwnBand?.To),
        new("area", "Mean score over the logarithm of the initial stepsize, geometric for losses.", RobustnessNumberKind.Real, (_, r) => Finite(r.Area)),
        Low("areaLow", "area", i => i.Area),
        High("areaHigh", "area", i => i.Area),
        new("mean", "Mean over the scores of the cells; none for a loss of which a cell is lost.", RobustnessNumberKind.Real, (_, r) => Finite(r.Mean)),
        new("median", "Median over the scores of the cells.", RobustnessNumberKind.Real, (_, r) => Finite(r.Median)),
        new("worst", "The worst score; none where a loss is lost.", RobustnessNumberKind.Real, (_, r) => Finite(r.Worst)),
        new("standardDeviation", "Deviation over the scores of the cells, division by n.", RobustnessNumberKind.Real, (_, r) => Finite(r.StandardDeviation)),
        new("untunedStepsize", "Initial stepsize of the optimizer's default.", RobustnessNumberKind.Real, (_, r) => r.Untuned?.InitialStepsize),
        new("untuned", "The score there.", RobustnessNumberKind.Real, (_, r) => Finite(r.Untuned?.Score)),
        new("tuningGain", "What tuning gains over it: a share for accuracies, decades for losses.", RobustnessNumberKind.Real, (_, r) => Finite(r.Untuned?.Gain)),
        new("runs", "Runs with a result.", RobustnessNumberKind.Count, (_, r) => r.Runs),
        new("diverged", "Those of them that diverged or exploded.", RobustnessNumberKind.Count, (_, r) => r.Diverged),
        new("exploded", "Those of them that exploded.", RobustnessNumberKind.Count, (_, r) => r.Exploded),
        new("lostCells", "Cells that the stepsize lost as a whole.", RobustnessNumberKind.Count, (_, r) => r.LostCells),
    ];

    private static RobustnessNumber Low(string name, string of, Func<RowIntervals, BootstrapInterval?> interval) => new(
        name, $"Lower end of the 95% bootstrap interval of {of}; none for fewer than three seeds.", RobustnessNumberKind.Real,
        (study, row) => Finite(Interval(study, row, interval)?.Low));

    private static RobustnessNumber High(string name, string of, Func<RowIntervals, BootstrapInterval?> interval) => new(
        name, $"Upper end of the interval of {of}.", RobustnessNumberKind.Real, (study, row) => Finite(Interval(study, row, interval)?.High));

    private static BootstrapInterval? Interval(RobustnessStudy study, RobustnessRow row, Func<RowIntervals, BootstrapInterval?> of) =>
        study.IntervalsOf(row.Row) is { } intervals ? of(intervals) : null;

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
