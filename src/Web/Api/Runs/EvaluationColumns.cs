using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Http.Rows;

namespace Stepsize.Web.Api.Runs;

/// <summary>An evaluation as columns of rows.</summary>
internal static class EvaluationColumns
{
    private static readonly (Measure Measure, RowColumn Column)[] Measures =
    [
        (Measure.TrainLoss, RowColumn.Number("trainLoss", "Loss over the training set.")),
        (Measure.TrainAccuracy, RowColumn.Number("trainAccuracy", "Accuracy over the training set, in [0, 1].")),
        (Measure.TestLoss, RowColumn.Number("testLoss", "Loss over the test set.")),
        (Measure.TestAccuracy, RowColumn.Number("testAccuracy", "Accuracy over the test set, in [0, 1].")),
        (Measure.TestTopFiveAccuracy, RowColumn.Number("testTopFiveAccuracy", "Share of the test set whose class is among the five largest scores, in [0, 1].")),
        (Measure.GradientNorm, RowColumn.Number("gradientNorm", "Norm of the gradient of the training loss.")),
    ];

    public static IReadOnlyList<RowColumn> All { get; } =
    [
        RowColumn.Number("epoch", "Epochs made before the evaluation."),
        RowColumn.Whole("iteration", "Iterations made before the evaluation."),
        .. Measures.Select(m => m.Column),
    ];

    /// <summary>What was measured: NaN only where the workload has the measure and it was NaN, null where it does not have it.</summary>
    public static double? Value(EvaluationPoint point, Measure measure, IReadOnlyList<Measure> measures) =>
        measures.Contains(measure) ? measure.Of(point.Evaluation) : null;

    /// <param name="point">Null where there was none.</param>
    public static void Write(RowWriter rows, EvaluationPoint? point, IReadOnlyList<Measure> measures)
    {
        rows.NumberOrNone(point?.Epoch);
        rows.WholeOrNone(point?.Iteration);
        foreach (var (measure, _) in Measures)
        {
            rows.NumberOrNone(point is null ? null : Value(point, measure, measures));
        }
    }
}
