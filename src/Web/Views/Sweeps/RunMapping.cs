using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>Stored runs as the analyses take them.</summary>
public static class RunMapping
{
    public static MeasuredRun ToMeasured(this RunRow run) => new()
    {
        Key = run.Id,
        Row = run.Row,
        AxisValue = run.AxisValue,
        Seed = run.Seed,
        IsRunning = run.Status == RunStatus.Running,
        Progress = run.IterationsPlanned == 0 ? 0 : Math.Min(1, (double)run.Iterations / run.IterationsPlanned),
        Iterations = run.Iterations,
        Seconds = run.Seconds,
        Outcome = run.Outcome,
        FirstBadIteration = run.FirstBadIteration,
        Evaluations = run.Evaluations,
    };
}
