namespace Stepsize.Training.Execution;

/// <summary>The iterations after which a run is measured on whole sets: those asked for, and the last.</summary>
internal sealed class EvaluationSchedule
{
    private readonly int[] _iterations;

    public EvaluationSchedule(Cohort cohort, int iterationsPerEpoch, int totalIterations) =>
        _iterations =
        [
            .. cohort.EvaluateAtEpochs.Select(e => e * iterationsPerEpoch)
                .Concat(cohort.EvaluateAtIterations)
                .Append(totalIterations)
                .Where(i => i <= totalIterations)
                .Distinct()
                .Order(),
        ];

    public bool Includes(int iteration) => Array.BinarySearch(_iterations, iteration) >= 0;
}
