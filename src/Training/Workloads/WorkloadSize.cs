namespace Stepsize.Training.Workloads;

/// <summary>How large a workload is.</summary>
/// <param name="Parameters">Number of trainable parameters.</param>
/// <param name="TrainingExamples">Examples of an epoch.</param>
/// <param name="EvaluationExamples">Examples of one evaluation: training and test set together.</param>
/// <param name="MultiplyAddsPerExample">Multiply-adds of one example's forward pass.</param>
/// <param name="ActivationBytesPerExample">Memory of one example's activations in a training step.</param>
public sealed record WorkloadSize(
    long Parameters, int TrainingExamples, int EvaluationExamples, long MultiplyAddsPerExample, long ActivationBytesPerExample)
{
    /// <summary>Parameter tensors: what is recorded by layer grows with them.</summary>
    public int Tensors { get; init; } = 1;
}
