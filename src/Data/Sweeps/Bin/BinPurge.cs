using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;

namespace Stepsize.Data.Sweeps.Bin;

/// <summary>Removes what has been in the bin for long enough, run by run: whoever wants to write meanwhile waits for one run and not for a sweep.</summary>
internal static class BinPurge
{
    /// <param name="before">What was deleted at this time or earlier goes.</param>
    public static async Task<int> RunAsync(StepsizeContext context, DateTimeOffset before, CancellationToken cancellation)
    {
        var sweeps = await context.Sweeps.IgnoreQueryFilters().Where(s => s.DeletedAt <= before).Select(s => s.Id).ToListAsync(cancellation);
        var runs = await context.Runs.IgnoreQueryFilters().Where(r => r.DeletedAt <= before && !sweeps.Contains(r.SweepId)).Select(r => r.Id).ToListAsync(cancellation);
        foreach (var id in runs)
        {
            await RemoveRunAsync(context, id, r => r.DeletedAt <= before, cancellation);
        }

        foreach (var id in sweeps)
        {
            foreach (var runId in await context.Runs.IgnoreQueryFilters().Where(r => r.SweepId == id).Select(r => r.Id).ToListAsync(cancellation))
            {
                await RemoveRunAsync(context, runId, r => r.Sweep!.DeletedAt <= before, cancellation);
            }

            await context.Sweeps.IgnoreQueryFilters().Where(s => s.Id == id && s.DeletedAt <= before).ExecuteDeleteAsync(cancellation);
        }

        return runs.Count + sweeps.Count;
    }

    /// <summary>The rest of the run goes with it: every table refers to its parent with a cascading foreign key.</summary>
    /// <param name="stillThere">Checked again: it may have been restored since it was listed.</param>
    private static Task RemoveRunAsync(
        StepsizeContext context, long runId, System.Linq.Expressions.Expression<Func<RunEntity, bool>> stillThere, CancellationToken cancellation) =>
        context.Runs.IgnoreQueryFilters().Where(r => r.Id == runId).Where(stillThere).ExecuteDeleteAsync(cancellation);
}
