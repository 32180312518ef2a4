using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Data.Sweeps;

/// <summary>A row of the table of evaluations. SQLite cannot store NaN, so a measure that is NaN is null here.</summary>
internal sealed class EvaluationEntity
{
    public long RunId { get; set; }

    public int Iteration { get; set; }

    public double Epoch { get; set; }

    public double? TrainLoss { get; set; }

    public double? TrainAccuracy { get; set; }

    public double? TestTopFiveAccuracy { get; set; }

    public double? TestLoss { get; set; }

    public double? TestAccuracy { get; set; }

    public double? GradientNorm { get; set; }

    public static EvaluationEntity Of(long runId, EvaluationPoint point) => new()
    {
        RunId = runId,
        Iteration = point.Iteration,
        Epoch = point.Epoch,
        TrainLoss = NullIfNaN(point.Evaluation.TrainLoss),
        TrainAccuracy = NullIfNaN(point.Evaluation.TrainAccuracy),
        TestTopFiveAccuracy = NullIfNaN(point.Evaluation.TestTopFiveAccuracy),
        TestLoss = NullIfNaN(point.Evaluation.TestLoss),
        TestAccuracy = NullIfNaN(point.Evaluation.TestAccuracy),
        GradientNorm = NullIfNaN(point.Evaluation.GradientNorm),
    };

    public EvaluationPoint ToPoint() => new(
        Iteration,
        Epoch,
        new Evaluation(
            TrainLoss ?? double.NaN, TrainAccuracy ?? double.NaN, TestLoss ?? double.NaN, TestAccuracy ?? double.NaN, GradientNorm ?? double.NaN)
        {
            TestTopFiveAccuracy = TestTopFiveAccuracy ?? double.NaN,
        });

    private static double? NullIfNaN(double value) => double.IsNaN(value) ? null : value;
}
