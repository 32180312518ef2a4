namespace Stepsize.Training.Analysis.Curves;

/// <summary>The effective stepsize of one axis value, iteration by iteration.</summary>
/// <param name="AxisValue">Such as b₀.</param>
/// <param name="Stepsizes">The first is iteration 1's.</param>
public sealed record StepsizeTrajectory(double AxisValue, float[] Stepsizes);

/// <summary>When one of the merged axis values joined.</summary>
/// <param name="Iteration">From here to the end it stays within the tolerance of the smallest merged axis value.</param>
public readonly record struct MergedValue(double AxisValue, int Iteration);

/// <summary>
/// From when on an optimizer has forgotten where it started: the neighbouring axis values whose effective stepsizes are within a tolerance of each other at the
/// end of training, the most there are, and the iteration since which they all have been. That adaptive stepsizes run together, whatever b₀, is how
/// Ward, Wu and Bottou (2020, figure 1) and Wu, Xie, Du and Ward (2022) show why these methods are robust.
/// </summary>
/// <param name="Iteration">First iteration from which to the end the largest of the merged stepsizes is at most (1 + tolerance) times the smallest.</param>
/// <param name="Values">The merged axis values, ascending, each with when it joined.</param>
/// <param name="Compared">Axis values that were compared: those trained to the end with a finite, positive stepsize there.</param>
/// <param name="LeftOut">Axis values that were not: they diverged or ended early.</param>
public sealed record TrajectoryMerging(int Iteration, IReadOnlyList<MergedValue> Values, int Compared, IReadOnlyList<double> LeftOut)
{
    /// <summary>Within 10%.</summary>
    public const double Tolerance = 0.1;

    /// <param name="trajectories">One an axis value; the longest say how long a run is.</param>
    /// <returns>Null where no two neighbouring axis values have merged.</returns>
    public static TrajectoryMerging? Of(IEnumerable<StepsizeTrajectory> trajectories, double tolerance = Tolerance)
    {
        StepsizeTrajectory[] all = [.. trajectories.OrderBy(t => t.AxisValue)];
        var length = all.Length == 0 ? 0 : all.Max(t => t.Stepsizes.Length);
        StepsizeTrajectory[] compared = [.. all.Where(t => t.Stepsizes.Length == length && length > 0 && IsPositive(t.Stepsizes[^1]))];
        var merged = LargestGroup(compared, length, 1 + tolerance);
        if (merged.Length < 2)
        {
            return null;
        }

        return new TrajectoryMerging(
            Since(merged, length, 1 + tolerance),
            [.. merged.Select(t => new MergedValue(t.AxisValue, Since([merged[0], t], length, 1 + tolerance)))],
            compared.Length,
            [.. all.Except(compared).Select(t => t.AxisValue)]);
    }

    private static bool IsPositive(float value) => value > 0 && float.IsFinite(value);

    /// <summary>The longest stretch of neighbours that agree at the end; the first of several.</summary>
    private static StepsizeTrajectory[] LargestGroup(StepsizeTrajectory[] compared, int length, double ratio)
    {
        var best = 0..0;
        for (var from = 0; from < compared.Length; from++)
        {
            var to = from + 1;
            while (to < compared.Length && Agree(compared[from..(to + 1)], length - 1, ratio))
            {
                to++;
            }

            if (to - from > best.End.Value - best.Start.Value)
            {
                best = from..to;
            }
        }

        return compared[best];
    }

    private static int Since(StepsizeTrajectory[] group, int length, double ratio)
    {
        var iteration = length;
        while (iteration > 1 && Agree(group, iteration - 2, ratio))
        {
            iteration--;
        }

        return iteration;
    }

    private static bool Agree(StepsizeTrajectory[] group, int index, double ratio)
    {
        var (low, high) = (double.PositiveInfinity, 0.0);
        foreach (var trajectory in group)
        {
            var stepsize = trajectory.Stepsizes[index];
            if (!IsPositive(stepsize))
            {
                return false;
            }

            (low, high) = (Math.Min(low, stepsize), Math.Max(high, stepsize));
        }

        return high <= ratio * low;
    }
}
