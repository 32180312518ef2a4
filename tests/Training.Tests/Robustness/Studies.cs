using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Tests.Robustness;

/// <summary>Studies of given results.</summary>
internal static class Studies
{
    /// <summary>Guessing among ten classes.</summary>
    public const double Guess = 0.1;

    /// <summary>One seed. NaN is a run that diverged.</summary>
    /// <param name="rows">A value for each of the axis' values.</param>
    public static RobustnessStudy Of(Measure measure, double[] axis, Tolerance? tolerance, params double[][] rows) => new(
        [.. rows.SelectMany((row, r) => row.Select((v, i) => new RunScore(r, axis[i], 0, v, double.IsNaN(v))))],
        [.. rows.Select((_, r) => Grid(r, axis))],
        measure,
        measure.IsAccuracy() ? Guess : double.PositiveInfinity,
        tolerance);

    /// <summary>Accuracies at a tolerance of one point.</summary>
    public static RobustnessRow Row(double[] axis, params double[] values) => Of(Measure.TestAccuracy, axis, Tolerance.OfPoints(1), values).Rows.Single();

    /// <summary>s₀ = 1/b₀.</summary>
    public static RowGrid Grid(int row, double[] axis, double? standard = null) => new(row, [.. axis.Select(v => new GridValue(v, 1 / v))], standard);
}
