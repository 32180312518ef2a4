using System.Globalization;
using Quartz;

namespace Stepsize.Web.Jobs;

/// <summary>
/// A sweep as a job of the scheduler. It is stored, so that it outlives the program; fired again after a crash; and never runs twice at a time, so that
/// scheduling it once more than needed does no harm: the second firing finds nothing to train.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(SweepTraining training, SweepQueue queue, ActiveSweeps active) : IJob
{
    public const string Group = "sweeps";

    public static JobKey KeyOf(long sweepId) => new(sweepId.ToString(CultureInfo.InvariantCulture), Group);

    public static long SweepOf(JobKey key) => long.Parse(key.Name, CultureInfo.InvariantCulture);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var key = context.JobDetail.Key;
        using var lease = active.Enter(SweepOf(key), cancellationToken);
        await training.TrainAsync(lease, cancellationToken);

        // Done with: it was stored to outlive the program, not its sweep. Before the lease ends, or it might take with it what was scheduled since.
        await queue.RemoveAsync(lease.SweepId, CancellationToken.None);
    }
}
