using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>An evaluation and when it was made.</summary>
/// <param name="Iteration">Iterations made before it.</param>
/// <param name="Epoch">The same in epochs; whole at an epoch's end.</param>
public sealed record EvaluationPoint(int Iteration, double Epoch, Evaluation Evaluation);
