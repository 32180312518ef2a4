using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;

namespace Stepsize.Web.Views.Text;

/// <summary>Statuses and outcomes in words.</summary>
public static class StatusText
{
    public static string Of(SweepStatus status) => status switch
    {
        SweepStatus.Queued => "waiting",
        SweepStatus.Running => "running",
        SweepStatus.Paused => "paused",
        SweepStatus.Cancelled => "cancelled",
        SweepStatus.Completed => "done",
        _ => "failed",
    };

    public static string Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Finished => "finished",
        RunOutcome.NoProgress => "no progress",
        RunOutcome.Diverged => "diverged",
        RunOutcome.Exploded => "exploded",
        RunOutcome.CutShort => "cut short",
        _ => "failed",
    };

    public static string Of(RunRow run) => run switch
    {
        { Status: RunStatus.Queued } => "waiting",
        { Status: RunStatus.Running } => "running",
        { Outcome: RunOutcome.Diverged, FirstBadIteration: { } iteration } => $"diverged at {NumberText.Whole(iteration)}",
        { Outcome: { } outcome } => Of(outcome),
        _ => "finished",
    };

    /// <summary>Whether anything may still change by itself.</summary>
    public static bool IsLive(this SweepStatus status) => status is SweepStatus.Queued or SweepStatus.Running;
}
