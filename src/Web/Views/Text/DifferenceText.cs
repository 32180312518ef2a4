using System.Globalization;
using System.Text;
using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Views.Text;

/// <summary>Differences in numbers and words.</summary>
public static class DifferenceText
{
    /// <summary>With its sign; accuracies in points, differences of logarithms with two decimals, others with three significant digits.</summary>
    public static string Of(DifferenceGrid grid, double difference) => Signed(Size(grid.Measure, grid.Scale, Math.Abs(difference)), difference);

    public static string Spread(DifferenceGrid grid, double halfWidth) => Size(grid.Measure, grid.Scale, halfWidth);

    /// <summary>What the numbers are, such as <c>test accuracy, points</c>.</summary>
    public static string Caption(Measure measure, DifferenceScale scale) =>
        MeasureText.Title(measure) + (measure.IsAccuracy() ? ", points" : scale == DifferenceScale.Decades ? ", decades (log₁₀ A − log₁₀ B)" : "");

    /// <summary>What is printed in the cell.</summary>
    public static string Short(DifferenceGrid grid, DifferenceCell cell) => cell.State switch
    {
        DifferenceState.Measured => Of(grid, cell.Value!.Mean),
        DifferenceState.OnlyADiverged => "A div",
        DifferenceState.OnlyBDiverged => "B div",
        DifferenceState.BothDiverged => "both div",
        DifferenceState.NoCommonSeed => "no seed",
        DifferenceState.Waiting => "…",
        _ => "",
    };

    /// <summary>The title of a row: the optimizer where both sides have it, else both.</summary>
    public static string Title(ComparisonView view, TrackPair pair)
    {
        var titles = SweepView.TitlesOf(pair.A.Sweep.Specification.Optimizers);
        return pair.A.Sweep == pair.B.Sweep ? $"{titles[pair.A.Row]} − {titles[pair.B.Row]}"
            : pair.A.IsAlignedWith(pair.B) ? titles[pair.A.Row]
            : $"{view.TitleOf(pair.A)} − {view.TitleOf(pair.B)}";
    }

    /// <summary>One line for the place, one for the result, one for each common seed.</summary>
    public static string Long(ComparisonView view, DifferenceGrid grid, DifferenceRow row, DifferenceCell cell)
    {
        var text = new StringBuilder($"{view.TitleOf(row.Pair.A)} − {view.TitleOf(row.Pair.B)}, {SweepView.AxisTitle(grid.Axis)} = {NumberText.Axis(cell.AxisValue, grid.Columns)}\n{Result(grid, cell)}");
        foreach (var pair in cell.Pairs)
        {
            text.Append($"\nseed {pair.Seed}: {NumberText.Of(grid.Measure, pair.A)} and {NumberText.Of(grid.Measure, pair.B)}, {Of(grid, pair.Difference)}");
        }

        return text.ToString();
    }

    private static string Result(DifferenceGrid grid, DifferenceCell cell) => cell.State switch
    {
        DifferenceState.Missing => "one side has no run here",
        DifferenceState.NoCommonSeed => "the two have no seed in common",
        DifferenceState.Waiting => "no common seed has a result on both sides yet",
        DifferenceState.Measured =>
            $"{MeasureText.Title(grid.Measure)} {Of(grid, cell.Value!.Mean)}{Interval(grid, cell.Value)}{Unit(grid)}, {Seeds(cell.Value.Count)}{Diverged(cell)}",
        _ => Diverged(cell)[2..],
    };

    private static string Interval(DifferenceGrid grid, SeedStatistics value) => double.IsFinite(value.HalfWidth) ? $" ± {Spread(grid, value.HalfWidth)}" : "";

    private static string Unit(DifferenceGrid grid) => grid.Measure.IsAccuracy() ? " points" : grid.Scale == DifferenceScale.Decades ? " decades" : "";

    private static string Seeds(int count) => count == 1 ? "one common seed, so no interval" : $"n = {count} common seeds";

    private static string Diverged(DifferenceCell cell) =>
        Part(cell.OnlyADiverged, "on A's side alone") + Part(cell.OnlyBDiverged, "on B's side alone") + Part(cell.BothDiverged, "on both sides");

    private static string Part(int count, string where) => count == 0 ? "" : $", {count} {(count == 1 ? "seed" : "seeds")} diverged {where}";

    private static string Size(Measure measure, DifferenceScale scale, double size) =>
        measure.IsAccuracy() ? (100 * size).ToString("0.0", CultureInfo.InvariantCulture)
        : scale == DifferenceScale.Decades ? size.ToString("0.00", CultureInfo.InvariantCulture)
        : NumberText.Short(size);

    /// <summary>What is rounded to zero has no sign.</summary>
    private static string Signed(string size, double difference) => size.AsSpan().ContainsAnyInRange('1', '9') ? (difference > 0 ? "+" : "−") + size : size;
}
