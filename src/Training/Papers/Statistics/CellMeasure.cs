using Stepsize.Training.Workloads;

namespace Stepsize.Training.Papers.Statistics;

/// <summary>What a paper reads off an evaluation.</summary>
public enum CellMeasure
{
    TestAccuracy,

    /// <summary>1 − test accuracy.</summary>
    TestError,

    /// <summary>1 − top-5 test accuracy.</summary>
    TestTopFiveError,

    TrainLoss,
}

/// <summary>Reads a <see cref="CellMeasure"/>.</summary>
internal static class CellMeasures
{
    public static double Of(this CellMeasure measure, Evaluation evaluation) => measure switch
    {
        CellMeasure.TestAccuracy => evaluation.TestAccuracy,
        CellMeasure.TestError => 1 - evaluation.TestAccuracy,
        CellMeasure.TestTopFiveError => 1 - evaluation.TestTopFiveAccuracy,
        _ => evaluation.TrainLoss,
    };

    public static string Name(this CellMeasure measure) => measure switch
    {
        CellMeasure.TestAccuracy => "test accuracy",
        CellMeasure.TestError => "test error",
        CellMeasure.TestTopFiveError => "top-5 test error",
        _ => "training loss",
    };
}
