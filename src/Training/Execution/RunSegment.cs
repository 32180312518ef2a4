namespace Stepsize.Training.Execution;

/// <summary>
/// A stretch of a run that is stored in one transaction: the iterations made since the last segment, the evaluations made meanwhile, and the
/// checkpoint to go on from after them; the last segment carries the result. So after a crash no iteration is missing or there twice.
/// </summary>
/// <param name="FirstIteration">Number of the first iteration in the columns, counted from 1.</param>
/// <param name="Loss">Mini-batch loss of each iteration.</param>
/// <param name="Accuracy">Mini-batch accuracy in [0, 1]; NaN where nothing is classified.</param>
/// <param name="Stepsize">Effective stepsize.</param>
/// <param name="Iterates">Parameter vectors after each step, one after another, where they are recorded.</param>
public sealed record RunSegment(
    int FirstIteration,
    float[] Loss,
    float[] Accuracy,
    float[] Stepsize,
    double[]? Iterates,
    IReadOnlyList<EvaluationPoint> Evaluations,
    RunCheckpoint? Checkpoint,
    RunResult? Result)
{
    public int Count => Loss.Length;

    /// <summary>What was measured of each layer in the same iterations; null where it is not recorded.</summary>
    public LayerColumns? Layers { get; init; }
}
