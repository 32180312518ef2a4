using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Gives a queued run the whole record of another run with the same configuration: a copy, so that either can be deleted without the other.</summary>
internal static class RunCopy
{
    /// <summary>Called inside a transaction.</summary>
    public static async Task FillAsync(StepsizeContext context, long sweepId, int ordinal, long from, CancellationToken cancellation)
    {
        var source = await context.Runs.AsNoTracking().SingleAsync(r => r.Id == from, cancellation);
        var to = await context.Runs.Where(r => r.SweepId == sweepId && r.Ordinal == ordinal).Select(r => r.Id).SingleAsync(cancellation);
        await context.Runs.Where(r => r.Id == to).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Status, source.Status)
                .SetProperty(r => r.Outcome, source.Outcome)
                .SetProperty(r => r.FirstBadIteration, source.FirstBadIteration)
                .SetProperty(r => r.Iterations, source.Iterations)
                .SetProperty(r => r.Seconds, source.Seconds)
                .SetProperty(r => r.Provenance, source.Provenance)
                .SetProperty(r => r.FinalParameters, source.FinalParameters),
            cancellation);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "MetricChunks" ("RunId", "FirstIteration", "Count", "Loss", "Accuracy", "Stepsize")
            SELECT {to}, "FirstIteration", "Count", "Loss", "Accuracy", "Stepsize" FROM "MetricChunks" WHERE "RunId" = {from}
            """,
            cancellation);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Evaluations"
                ("RunId", "Iteration", "Epoch", "TrainLoss", "TrainAccuracy", "TestLoss", "TestAccuracy", "TestTopFiveAccuracy", "GradientNorm")
            SELECT {to}, "Iteration", "Epoch", "TrainLoss", "TrainAccuracy", "TestLoss", "TestAccuracy", "TestTopFiveAccuracy", "GradientNorm"
            FROM "Evaluations" WHERE "RunId" = {from}
            """,
            cancellation);
    }
}
