using Stepsize.Training.Workloads;

namespace Stepsize.Training.Analysis;

/// <summary>Reads measures and orders them.</summary>
public static class MeasureTraits
{
    /// <summary>Whether more of the measure is better: accuracies, but not losses and norms.</summary>
    public static bool IsLargerBetter(this Measure measure) => measure.IsAccuracy();

    public static bool IsAccuracy(this Measure measure) => measure is Measure.TestAccuracy or Measure.TrainAccuracy or Measure.TestTopFiveAccuracy;

    /// <summary>The measure's value; NaN where the problem does not have it.</summary>
    public static double Of(this Measure measure, Evaluation evaluation) => measure switch
    {
        Measure.TestAccuracy => evaluation.TestAccuracy,
        Measure.TrainAccuracy => evaluation.TrainAccuracy,
        Measure.TestTopFiveAccuracy => evaluation.TestTopFiveAccuracy,
        Measure.TestLoss => evaluation.TestLoss,
        Measure.TrainLoss => evaluation.TrainLoss,
        Measure.GradientNorm => evaluation.GradientNorm,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "This measure is not known."),
    };

    /// <summary>Orders values from best to worst; NaN is the worst.</summary>
    public static int CompareQuality(this Measure measure, double left, double right) => (double.IsNaN(left), double.IsNaN(right)) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        _ => measure.IsLargerBetter() ? right.CompareTo(left) : left.CompareTo(right),
    };
}
