using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>A run that is going to be trained, as a line of a preview.</summary>
/// <param name="Note">Why, or where from.</param>
/// <param name="RunId">A stored run that the note is about.</param>
public sealed record PlannedLine(string Optimizer, string Axis, double AxisValue, int Seed, string Note, long? RunId)
{
    public static IReadOnlyList<PlannedLine> Of(MissingRuns missing) =>
        [.. missing.Runs.Select(r => Of(missing.Specification, r.Point, ReasonOf(r), r.RunId))];

    public static IReadOnlyList<PlannedLine> Of(ExtensionPlan plan) =>
        [.. plan.New.Select(r => Of(plan.Specification, r.Point, r.CopyOf is { } twin ? $"copied from sweep {twin.SweepId}" : "to be trained", r.CopyOf?.RunId))];

    public static string ReasonOf(MissingRun run) => run.Reason switch
    {
        MissingReason.NeverStarted => "never started",
        MissingReason.Failed => run.Error is null ? "failed" : $"failed: {run.Error}",
        MissingReason.Cancelled => $"cancelled after {NumberText.Whole(run.Iterations)} {(run.Iterations == 1 ? "iteration" : "iterations")}",
        _ => "deleted",
    };

    private static PlannedLine Of(SweepSpecification sweep, GridPoint point, string note, long? runId) => new(
        SweepView.TitlesOf(sweep.Optimizers)[point.Row], SweepView.AxisTitle(sweep.Optimizers[point.Row].Axis), point.AxisValue, point.Seed, note, runId);
}
