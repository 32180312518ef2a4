using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Analysis;

/// <summary>What the runs of a cell have measured on their way, before any of them has a result.</summary>
/// <param name="Mean">Over the runs that have measured as much.</param>
/// <param name="Point">The latest evaluation that all of them have made.</param>
/// <param name="Count">How many runs that are.</param>
public sealed record InterimValue(double Mean, EvaluationPoint Point, int Count)
{
    /// <param name="runs">Unfinished runs of one cell.</param>
    /// <returns>Null where none of them has measured anything that is a number.</returns>
    public static InterimValue? Of(IEnumerable<MeasuredRun> runs, Measure measure, RunStatistic statistic)
    {
        MeasuredRun[] measured = [.. runs.Where(r => r.Evaluations.Count > 0)];
        if (measured.Length == 0)
        {
            return null;
        }

        // Seeds do not train at one pace: means over them are of what all have reached.
        var reached = measured.Min(r => r.Evaluations[^1].Iteration);
        var found = measured
            .Select(r => (Run: r, Point: r.Evaluations.LastOrDefault(e => e.Iteration <= reached)))
            .Where(f => f.Point is not null)
            .Select(f => (f.Point, Value: statistic.Of(f.Run.Evaluations, f.Point!, measure)))
            .Where(f => double.IsFinite(f.Value))
            .ToList();
        return found.Count == 0 ? null : new InterimValue(found.Average(f => f.Value), found.MaxBy(f => f.Point!.Iteration).Point!, found.Count);
    }
}
