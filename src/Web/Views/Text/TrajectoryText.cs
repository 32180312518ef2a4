using System.Globalization;
using Stepsize.Training.Execution;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Views.Text;

/// <summary>A trajectory in words.</summary>
internal static class TrajectoryText
{
    private const double LargestFixed = 1e5;

    /// <summary>Where it ends, and whether it converges, leaves the picture or diverges.</summary>
    public static string Of(OptimizerTrajectory trajectory, TrajectoryFrame frame)
    {
        var (first, last) = (trajectory.Losses[0], trajectory.Losses[^1]);
        var left = Enumerable.Range(0, trajectory.Iterates.Count).FirstOrDefault(i => !frame.Contains(trajectory.Iterates[i]), -1);
        var leaves = left < 0 ? "" : $"It leaves the picture at step {left}. ";
        if (trajectory.FirstBadIteration is { } bad)
        {
            return $"Diverges: {Lower(leaves)}the numbers overflow at step {bad}.";
        }

        var end = $"after {trajectory.Steps} steps it is at ({Coordinate(trajectory.Iterates[^1][0])}, {Coordinate(trajectory.Iterates[^1][1])}) with f = {NumberText.Short(last)}";
        if (last > first)
        {
            return $"Diverges: {Lower(leaves)}{end}, above the {NumberText.Short(first)} of the start.";
        }

        return $"{leaves}{(left < 0 ? "A" : "But a")}{end[1..]}, from {NumberText.Short(first)} at the start.";
    }

    /// <summary>Six decimals, as Zhang et al. 2019 print them; three digits where they would be many.</summary>
    public static string Coordinate(double value) =>
        Math.Abs(value) < LargestFixed ? value.ToString("F6", CultureInfo.InvariantCulture).Replace('-', '−') : NumberText.Short(value);

    private static string Lower(string sentence) => sentence.Length == 0 ? "" : "it" + sentence[2..].Replace(". ", "; ", StringComparison.Ordinal);
}
