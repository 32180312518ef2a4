using Microsoft.EntityFrameworkCore;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Data.Database;

/// <summary>
/// Gives runs that earlier versions stored the outcome that <see cref="OutcomeRule"/> gives them. The norm of their parameters is not stored, so a run whose
/// loss stayed small with huge parameters keeps the outcome it had. What was found at chance stays without progress: the chance it was judged by is not stored either.
/// </summary>
internal static class OutcomeUpgrade
{
    /// <summary>Runs read at a time.</summary>
    private const int Batch = 500;

    /// <param name="context">Within the transaction of the upgrade.</param>
    public static async Task RunAsync(StepsizeContext context, CancellationToken cancellation)
    {
        var last = 0L;
        while (true)
        {
            var runs = await context.Runs.AsNoTracking()
                .Where(r => r.Id > last && r.Outcome == RunOutcome.Finished)
                .OrderBy(r => r.Id)
                .Take(Batch)
                .Select(r => new
                {
                    r.Id,
                    // Losses alone, and of the first stretch: later ones are not needed.
                    Loss = context.MetricChunks.Where(c => c.RunId == r.Id && c.FirstIteration == 1).Select(c => c.Loss).FirstOrDefault(),
                    Final = r.Evaluations.OrderByDescending(e => e.Iteration)
                        .Select(e => new { e.TrainLoss, e.TestAccuracy }).FirstOrDefault(),
                })
                .ToListAsync(cancellation);
            if (runs.Count == 0)
            {
                return;
            }

            last = runs[^1].Id;
            foreach (var group in runs.Where(r => r.Loss is { Length: >= sizeof(float) } && r.Final is not null)
                .GroupBy(r => Outcome(BitConverter.ToSingle(r.Loss!), r.Final!.TrainLoss, r.Final.TestAccuracy), r => r.Id)
                .Where(g => g.Key != RunOutcome.Finished))
            {
                long[] ids = [.. group];
                await context.Runs.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.Outcome, group.Key), cancellation);
            }
        }
    }

    private static RunOutcome Outcome(float firstLoss, double? trainLoss, double? testAccuracy)
    {
        // A run that classifies was told apart from chance when it was stored; −1 is a chance that every accuracy is above.
        var chance = testAccuracy is { } accuracy && double.IsFinite(accuracy) ? -1 : double.NaN;
        return OutcomeRule.Of(null, firstLoss, new Evaluation(trainLoss ?? double.NaN, TestAccuracy: testAccuracy ?? double.NaN), double.NaN, chance);
    }
}
