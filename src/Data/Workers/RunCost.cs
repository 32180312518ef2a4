using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Workers;

/// <summary>What a run of a sweep takes, guessed from the size of its network: nothing of it needs to have been trained before.</summary>
public static class RunCost
{
    /// <summary>Multiply-adds a second and thread that small networks reach: a cautious figure for a guess.</summary>
    private const double MultiplyAddsPerSecond = 1.5e10;

    /// <summary>Of an iteration, beside its arithmetic.</summary>
    private const double OverheadSeconds = 2e-5;

    /// <returns>Seconds of one thread.</returns>
    public static double SecondsOf(SweepSpecification sweep)
    {
        var size = sweep.Workload.Measure(sweep.WorkloadOptions);

        // Forward, backward to the weights, backward to the input.
        var step = 3.0 * sweep.BatchSize * size.MultiplyAddsPerExample;
        var evaluations = 1 + sweep.EvaluateAtEpochs.Count + sweep.EvaluateAtIterations.Count;
        return (sweep.IterationsPerRun(size) * ((step / MultiplyAddsPerSecond) + OverheadSeconds))
            + (evaluations * (double)size.EvaluationExamples * size.MultiplyAddsPerExample / MultiplyAddsPerSecond);
    }
}
