using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>How a run's last segment says what became of it: one rule for every executor.</summary>
internal static class RunEnding
{
    /// <summary>The result of a run that made all its iterations, or was stopped for being non-finite.</summary>
    /// <param name="firstLoss">Mini-batch loss of the first iteration.</param>
    /// <param name="last">The last evaluation.</param>
    /// <param name="parameterNorm">Euclidean norm of the parameters at the end, in double.</param>
    /// <param name="parameters">The parameters at the end; asked for where there are few.</param>
    public static RunResult Of(
        Problem problem, int iterations, int? firstBadIteration, double firstLoss, Evaluation last, double parameterNorm, double seconds, Func<double[]> parameters)
    {
        var outcome = OutcomeRule.Of(firstBadIteration, firstLoss, last, parameterNorm, problem.ChanceAccuracy);
        var areFew = problem.Parameters.Length <= SpecificationChecks.MaximumParametersOfIterates;
        return new RunResult(outcome, iterations, firstBadIteration, seconds, areFew ? parameters() : null);
    }

    /// <summary>The segment that ends a run which could not be trained.</summary>
    /// <param name="iterations">That the recorder has.</param>
    public static RunSegment Failed(int iterations, Exception error) => new(
        iterations + 1, [], [], [], null, [], null,
        new RunResult(RunOutcome.Failed, iterations, null, 0, Error: error is InvalidInputException ? error.Message : $"{error.GetType().Name}: {error.Message}"));
}
