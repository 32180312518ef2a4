using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Tests.Analysis;

/// <summary>Runs with given results, for the grids under test.</summary>
internal static class Runs
{
    public static MeasuredRun Ended(int row, double axisValue, int seed, params (int Iteration, double TestAccuracy)[] evaluations) => new()
    {
        Key = (1000 * row) + seed,
        Row = row,
        AxisValue = axisValue,
        Seed = seed,
        Outcome = RunOutcome.Finished,
        Evaluations = [.. evaluations.Select(e => new EvaluationPoint(e.Iteration, e.Iteration / 10.0, new Evaluation(0.5, TestAccuracy: e.TestAccuracy)))],
    };

    public static MeasuredRun Diverged(int row, double axisValue, int seed, int firstBad, params (int Iteration, double TestAccuracy)[] evaluations) =>
        Ended(row, axisValue, seed, evaluations) with { Outcome = RunOutcome.Diverged, FirstBadIteration = firstBad };

    public static MeasuredRun Unfinished(int row, double axisValue, int seed, bool isRunning, double progress = 0) =>
        Ended(row, axisValue, seed) with { Outcome = null, IsRunning = isRunning, Progress = progress };
}
