namespace Stepsize.Training.Workloads;

/// <summary>A number that an evaluation yields and a heatmap can show.</summary>
public enum Measure
{
    TestAccuracy,
    TrainAccuracy,
    TestTopFiveAccuracy,
    TestLoss,
    TrainLoss,
    GradientNorm,
}
