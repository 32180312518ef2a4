using Stepsize.Training.Execution;

namespace Stepsize.Training.Papers;

/// <summary>How long a run trains: exactly one of the two is given.</summary>
public readonly record struct RunLength(int? Epochs, int? Iterations)
{
    public bool IsAt(EvaluationPoint point) => Epochs is { } epochs ? point.Epoch == epochs : point.Iteration == Iterations;

    public bool Contains(EvaluationPoint point) => Epochs is { } epochs ? point.Epoch <= epochs : point.Iteration <= Iterations;

    public override string ToString() => Epochs is { } epochs ? Counted(epochs, "epoch") : Counted(Iterations ?? 0, "iteration");

    private static string Counted(int count, string unit) => $"{count} {unit}{(count == 1 ? "" : "s")}";
}
