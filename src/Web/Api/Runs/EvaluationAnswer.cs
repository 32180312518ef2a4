using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Api.Runs;

/// <summary>
/// An evaluation over the whole training and test sets. A measure that the workload does not have is null; one that is not finite is "NaN", "Infinity"
/// or "-Infinity".
/// </summary>
public sealed record EvaluationAnswer
{
    /// <summary>Epochs made before it; whole at an epoch's end.</summary>
    public required double Epoch { get; init; }

    /// <summary>Iterations made before it.</summary>
    public required int Iteration { get; init; }

    /// <summary>Loss over the training set.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>Accuracy over the training set, in [0, 1].</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Loss over the test set.</summary>
    public required double? TestLoss { get; init; }

    /// <summary>Accuracy over the test set, in [0, 1].</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Share of the test set whose class is among the five largest scores, in [0, 1].</summary>
    public required double? TestTopFiveAccuracy { get; init; }

    /// <summary>Norm of the gradient of the training loss.</summary>
    public required double? GradientNorm { get; init; }

    /// <param name="measures">Those the workload has.</param>
    internal static EvaluationAnswer Of(EvaluationPoint point, IReadOnlyList<Measure> measures) => new()
    {
        Epoch = point.Epoch,
        Iteration = point.Iteration,
        TrainLoss = EvaluationColumns.Value(point, Measure.TrainLoss, measures),
        TrainAccuracy = EvaluationColumns.Value(point, Measure.TrainAccuracy, measures),
        TestLoss = EvaluationColumns.Value(point, Measure.TestLoss, measures),
        TestAccuracy = EvaluationColumns.Value(point, Measure.TestAccuracy, measures),
        TestTopFiveAccuracy = EvaluationColumns.Value(point, Measure.TestTopFiveAccuracy, measures),
        GradientNorm = EvaluationColumns.Value(point, Measure.GradientNorm, measures),
    };
}
