using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>A run in words.</summary>
internal static class RunText
{
    public static string Name(CollectedRun run)
    {
        var configuration = run.Configuration;
        return $"{configuration.Optimizer.Id} {RobustnessAxisName.Of(configuration.Axis)} = {NumberText.Axis(configuration.AxisValue)}, seed {configuration.Seed}";
    }

    public static string Ending(CollectedRun run, Measure measure) => run.Result switch
    {
        null => "not ended",
        { Outcome: RunOutcome.Failed } failed => $"failed: {failed.Error}",
        { Outcome: RunOutcome.Diverged } diverged => $"diverged at iteration {diverged.FirstBadIteration}",
        { Outcome: RunOutcome.Exploded } exploded => $"exploded: {Measured(Measure.TrainLoss, run.Evaluations[^1].Evaluation.TrainLoss)} "
            + $"after {exploded.Iterations} iterations, {exploded.Seconds:0.0} s",
        { } result => $"{Measured(measure, measure.Of(run.Evaluations[^1].Evaluation))} "
            + $"after {result.Iterations} iterations, {result.Seconds:0.0} s{(result.Outcome == RunOutcome.NoProgress ? " (no progress)" : "")}",
    };

    private static string Measured(Measure measure, double value) =>
        $"{MeasureText.Title(measure)} {NumberText.Of(measure, value)}{(measure.IsAccuracy() ? "%" : "")}";

    /// <summary>The word that files have for it.</summary>
    public static string Outcome(RunOutcome outcome) => Words.Of(outcome);
}
