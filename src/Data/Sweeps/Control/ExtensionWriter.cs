using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Carries out a plan of extension. Called inside a transaction that holds the sweep's lock.</summary>
internal static class ExtensionWriter
{
    /// <returns>The extended sweep.</returns>
    public static async Task<long> WriteAsync(StepsizeContext context, ExtensionPlan plan, DateTimeOffset now, CancellationToken cancellation)
    {
        var sweepId = plan.SweepId;
        if (plan.IsNewSweep)
        {
            sweepId = await SweepInsertion.AddAsync(context, plan.Specification, now, cancellation);
        }
        else
        {
            var json = SpecificationWriter.ToJson(plan.Specification).ToJsonString();
            await context.Sweeps.Where(s => s.Id == sweepId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Specification, json), cancellation);
            await GridNumbering.ApplyAsync(context, sweepId, plan.Specification, cancellation);
        }

        await RunInsertion.AddAsync(context, sweepId, plan.Specification, [.. plan.New.Select(r => r.Point)], cancellation);
        foreach (var run in plan.New)
        {
            if (run.CopyOf is { } twin)
            {
                await RunCopy.FillAsync(context, sweepId, run.Point.Ordinal, twin.RunId, cancellation);
            }
        }

        await SweepTransitions.SetAsync(context, sweepId, SweepStatus.Queued, now, cancellation);
        await LockedSweep.CloseIfDoneAsync(context, sweepId, now, cancellation);
        return sweepId;
    }
}
