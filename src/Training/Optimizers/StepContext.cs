namespace Stepsize.Training.Optimizers;

/// <summary>What an optimizer may know of the iteration besides parameters and gradient. One object a run, updated in place.</summary>
public sealed class StepContext<T>
{
    /// <summary>t = 1, 2, …</summary>
    public int Iteration { get; set; }

    /// <summary>The mini-batch loss f_t at the parameters before the step.</summary>
    public double Loss { get; set; }

    /// <summary>n, the examples of the iteration's mini-batch: fewer in a last one that is not full.</summary>
    public int BatchSize { get; set; }

    public int IterationsPerEpoch { get; init; }

    /// <summary>All iterations the run will make.</summary>
    public int TotalIterations { get; init; }

    /// <summary>The loss of the same mini-batch at other parameters: for line search.</summary>
    public required Func<T[], double> LossAt { get; init; }
}
