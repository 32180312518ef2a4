using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Views.Text;

/// <summary>What page and exports say of a tolerance profile.</summary>
public static class ProfileText
{
    /// <summary>Tolerances that a table prints; the picture has them all.</summary>
    private static readonly double[] PrintedPoints = [0.4, 1, 2, 5, 10];
    private static readonly double[] PrintedFactors = [2, 10, 100, 1000];

    public static string ToleranceTitle(Measure measure) => measure.IsAccuracy() ? "tolerance, points of accuracy" : "tolerance, times the reference";

    /// <summary>Places of the tolerances nearest to those that are printed.</summary>
    public static IReadOnlyList<int> Printed(ToleranceProfile profile)
    {
        var wanted = profile.Tolerances[0].Kind == ToleranceKind.Points ? PrintedPoints : PrintedFactors;
        return [.. wanted.Select(v => profile.Tolerances.Index().MinBy(t => Math.Abs(Math.Log((t.Item.Value + 1e-9) / v))).Index)];
    }

    /// <summary>The largest width of any row, at least one decade: the top of the picture.</summary>
    public static double Widest(ToleranceProfile profile) =>
        profile.Rows.SelectMany(r => r.Widths.Concat(r.OwnWidths)).OfType<RobustBand>().Select(b => b.Decades).Append(1).Max();
}
