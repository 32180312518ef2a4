namespace Stepsize.Training.Workloads;

/// <summary>Measures over whole sets. NaN where a measure does not exist for the problem; also where the model itself has become NaN.</summary>
/// <param name="TrainAccuracy">In [0, 1].</param>
/// <param name="TestAccuracy">In [0, 1].</param>
/// <param name="GradientNorm">‖∇F‖ over the whole training set, for the regressions and analytic problems.</param>
public sealed record Evaluation(
    double TrainLoss, double TrainAccuracy = double.NaN, double TestLoss = double.NaN, double TestAccuracy = double.NaN, double GradientNorm = double.NaN)
{
    /// <summary>Share of test examples whose class is among the five largest scores, in [0, 1]; for workloads of many classes.</summary>
    public double TestTopFiveAccuracy { get; init; } = double.NaN;
}
