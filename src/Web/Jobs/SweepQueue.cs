using Quartz;

namespace Stepsize.Web.Jobs;

/// <summary>The scheduler's queue of sweeps. The database says what has to be trained; this says when, and can be rebuilt from it.</summary>
internal sealed class SweepQueue(ISchedulerFactory schedulers) : IJobBoard
{
    private const int MostAttempts = 5;

    /// <summary>Puts the sweep into the queue; does nothing where it waits there already.</summary>
    public async Task AddAsync(long sweepId, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var key = SweepJob.KeyOf(sweepId);
        var job = JobBuilder.Create<SweepJob>().WithIdentity(key).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing, cancellation);
        var trigger = TriggerBuilder.Create().WithIdentity(key.Name, key.Group).ForJob(key).StartNow().Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellation);
    }

    /// <summary>Takes the sweep out of the queue. What trains it now is not stopped.</summary>
    public async Task RemoveAsync(long sweepId, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await scheduler.DeleteJob(SweepJob.KeyOf(sweepId), cancellation);
                return;
            }
            catch (SchedulerException) when (attempt < MostAttempts)
            {
                // The sweep's firing completed between the listing of its trigger and its removal. The next attempt finds it gone.
            }
        }
    }

    public async Task<IReadOnlyList<JobLine>> ListAsync(CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var jobs = await scheduler.QueryJobs(new JobQuery { Take = int.MaxValue - 1 }, cancellation);
        var firings = await scheduler.QueryFireInstances(new FireInstanceQuery { Take = int.MaxValue - 1 }, cancellation);
        var triggers = await scheduler.QueryTriggers(new TriggerQuery { Take = int.MaxValue - 1 }, cancellation);
        var training = firings.Items.ToLookup(f => f.JobKey, f => f.FireTimeUtc);
        var waiting = triggers.Items.ToLookup(t => t.JobKey, t => t.StartTimeUtc);
        return
        [
            .. jobs.Items.Where(job => job.Key.Group == SweepJob.Group)
                .Select(job => Line(job.Key, training[job.Key], waiting[job.Key]))
                .OrderByDescending(line => line.State).ThenBy(line => line.SweepId),
        ];
    }

    private static JobLine Line(JobKey key, IEnumerable<DateTimeOffset> training, IEnumerable<DateTimeOffset> waiting)
    {
        var state = training.Any() ? JobState.Training : waiting.Any() ? JobState.Waiting : JobState.Idle;
        var times = state == JobState.Training ? training : waiting;
        return new JobLine(SweepJob.SweepOf(key), state, times.Select(t => (DateTimeOffset?)t).FirstOrDefault());
    }
}
