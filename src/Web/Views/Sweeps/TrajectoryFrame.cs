namespace Stepsize.Web.Views.Sweeps;

/// <summary>
/// What a drawing of trajectories shows of the plane: the same around the minimum for every stepsize, so that it does not move with the slider and that a divergent
/// trajectory leaves it.
/// </summary>
/// <param name="HalfWidth">x₁ from −this to this.</param>
/// <param name="HalfHeight">x₂ from −this to this.</param>
internal sealed record TrajectoryFrame(double HalfWidth, double HalfHeight)
{
    /// <summary>Room around the start.</summary>
    private const double Margin = 1.3;

    /// <summary>A coordinate that starts near the minimum is shown at this share of the other one at least.</summary>
    private const double LeastShare = 0.25;

    /// <param name="start">x₁ and x₂.</param>
    public static TrajectoryFrame Around(IReadOnlyList<double> start)
    {
        var largest = Math.Max(Math.Abs(start[0]), Math.Abs(start[1]));
        return largest == 0
            ? new TrajectoryFrame(1, 1)
            : new TrajectoryFrame(Half(start[0], largest), Half(start[1], largest));
    }

    public bool Contains(IReadOnlyList<double> x) => Math.Abs(x[0]) <= HalfWidth && Math.Abs(x[1]) <= HalfHeight;

    private static double Half(double coordinate, double largest) => Margin * Math.Max(Math.Abs(coordinate), LeastShare * largest);
}
