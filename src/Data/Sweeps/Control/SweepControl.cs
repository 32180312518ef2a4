using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Workers;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Control of stored sweeps, each operation one transaction.</summary>
internal sealed class SweepControl(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : ISweepControl
{
    public Task<SweepStatus?> FindStatusAsync(long sweepId, CancellationToken cancellation) => ReadAsync(
        context => context.Sweeps.Where(s => s.Id == sweepId).Select(s => (SweepStatus?)s.Status).SingleOrDefaultAsync(cancellation), cancellation);

    public Task<int> FindPriorityAsync(long sweepId, CancellationToken cancellation) => ReadAsync(
        context => context.Sweeps.Where(s => s.Id == sweepId).Select(s => s.Priority).SingleOrDefaultAsync(cancellation), cancellation);

    public Task SetPriorityAsync(long sweepId, int priority, CancellationToken cancellation)
    {
        SweepPriority.Check(priority);
        return InTransactionAsync(
            async context =>
            {
                var found = await context.Sweeps.Where(s => s.Id == sweepId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Priority, priority), cancellation);
                if (found == 0)
                {
                    throw new InvalidInputException("", $"There is no sweep {sweepId}.");
                }

                await SweepCohorts.LockAsync(context, sweepId, cancellation);
                await context.Cohorts.Where(c => c.SweepId == sweepId).ExecuteUpdateAsync(s => s.SetProperty(c => c.Priority, priority), cancellation);
                await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
                return sweepId;
            },
            cancellation);
    }

    public Task PauseAsync(long sweepId, CancellationToken cancellation) => InTransactionAsync(
        async context =>
        {
            var isPaused = await PauseAsync(context, sweepId, cancellation);
            await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
            return isPaused;
        },
        isDone: paused => paused,
        $"Sweep {sweepId} has finished, so there is nothing left to pause.",
        cancellation);

    public Task ResumeAsync(long sweepId, CancellationToken cancellation) => InTransactionAsync(
        async context =>
        {
            var status = await LockedSweep.LockAsync(context, sweepId, cancellation);
            if (status is SweepStatus.Completed or SweepStatus.Failed or SweepStatus.Cancelled)
            {
                throw new InvalidInputException("", $"Sweep {sweepId} is {Word(status)} and not paused; run what is missing of it instead.");
            }

            if (status == SweepStatus.Paused && !await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation))
            {
                await SweepTransitions.SetAsync(context, sweepId, SweepStatus.Queued, time.GetUtcNow(), cancellation);
            }

            await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
            return true;
        },
        cancellation);

    public Task<long> StopRunAsync(long runId, CancellationToken cancellation) => InTransactionAsync(
        async context =>
        {
            var run = await context.Runs.Where(r => r.Id == runId).Select(r => new { r.SweepId }).SingleOrDefaultAsync(cancellation)
                ?? throw new InvalidInputException("", $"There is no run {runId}.");
            await LockedSweep.LockAsync(context, run.SweepId, cancellation);
            if (await context.Runs.Where(r => r.Id == runId).Select(r => r.Status).SingleAsync(cancellation) == RunStatus.Finished)
            {
                throw new InvalidInputException("", $"Run {runId} has ended already.");
            }

            await SweepTransitions.CutShortAsync(context, r => r.Id == runId, cancellation);
            await LockedSweep.CloseIfDoneAsync(context, run.SweepId, time.GetUtcNow(), cancellation);
            await SweepCohorts.FollowAsync(context, run.SweepId, time.GetUtcNow(), cancellation);
            return run.SweepId;
        },
        cancellation);

    public Task<MissingRuns> FindMissingAsync(long sweepId, CancellationToken cancellation) => ReadAsync(
        async context =>
        {
            await RequireAsync(context, sweepId, cancellation);
            return await MissingQuery.ReadAsync(context, sweepId, cancellation);
        },
        cancellation);

    public Task<int> QueueMissingAsync(long sweepId, IReadOnlyCollection<string>? hashes, CancellationToken cancellation) => InTransactionAsync(
        async context =>
        {
            await LockedSweep.LockAsync(context, sweepId, cancellation);
            var missing = await MissingQuery.ReadAsync(context, sweepId, cancellation);
            var chosen = Choose(missing, hashes);
            await RunReset.QueueAsync(context, [.. chosen.Select(r => r.RunId).OfType<long>()], cancellation);
            await RunInsertion.AddAsync(
                context, sweepId, missing.Specification, [.. chosen.Where(r => r.RunId is null).Select(r => r.Point)], cancellation);
            await SweepTransitions.SetAsync(context, sweepId, SweepStatus.Queued, time.GetUtcNow(), cancellation);
            await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
            return chosen.Count;
        },
        cancellation);

    public Task<ExtensionPlan> PlanExtensionAsync(long sweepId, SweepExtension extension, CancellationToken cancellation) => ReadAsync(
        async context =>
        {
            await RequireAsync(context, sweepId, cancellation);
            return await ExtensionQuery.ReadAsync(context, sweepId, extension, cancellation);
        },
        cancellation);

    public Task<long> ExtendAsync(long sweepId, SweepExtension extension, CancellationToken cancellation) => InTransactionAsync(
        async context =>
        {
            await LockedSweep.LockAsync(context, sweepId, cancellation);
            var plan = await ExtensionQuery.ReadAsync(context, sweepId, extension, cancellation);
            if (plan.New.Count == 0)
            {
                throw new InvalidInputException("", $"Sweep {sweepId} has all of these runs already, so the extension would add nothing.");
            }

            var extended = await ExtensionWriter.WriteAsync(context, plan, time.GetUtcNow(), cancellation);
            await SweepCohorts.FollowAsync(context, extended, time.GetUtcNow(), cancellation);
            return extended;
        },
        cancellation);

    /// <returns>False where nothing is left to be paused; the sweep is closed then.</returns>
    private async Task<bool> PauseAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        switch (await LockedSweep.LockAsync(context, sweepId, cancellation))
        {
            case SweepStatus.Paused:
                return true;
            case SweepStatus.Queued or SweepStatus.Running when !await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation):
                await SweepTransitions.SetAsync(context, sweepId, SweepStatus.Paused, time.GetUtcNow(), cancellation);
                return true;
            case SweepStatus.Cancelled:
                throw new InvalidInputException("", $"Sweep {sweepId} was cancelled, so nothing of it trains.");
            default:
                return false;
        }
    }

    private static IReadOnlyList<MissingRun> Choose(MissingRuns missing, IReadOnlyCollection<string>? hashes)
    {
        if (missing.Runs.Count == 0)
        {
            throw new InvalidInputException("", $"Nothing is missing of sweep {missing.SweepId}: every run has a result or is on its way to one.");
        }

        if (hashes is null)
        {
            return missing.Runs;
        }

        var wanted = hashes.ToHashSet(StringComparer.Ordinal);
        MissingRun[] chosen = [.. missing.Runs.Where(r => wanted.Contains(r.Point.ConfigurationHash))];
        if (chosen.Length < wanted.Count || chosen.Length == 0)
        {
            throw new InvalidInputException(
                "", $"{wanted.Count - chosen.Length} of these {wanted.Count} runs are not missing any more; somebody changed the sweep meanwhile. Look at the list again.");
        }

        return chosen;
    }

    private static async Task RequireAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        if (!await context.Sweeps.AnyAsync(s => s.Id == sweepId, cancellation))
        {
            throw new InvalidInputException("", $"There is no sweep {sweepId}.");
        }
    }

    private static string Word(SweepStatus status) => status == SweepStatus.Completed ? "done" : status.ToString().ToLowerInvariant();

    private async Task<T> ReadAsync<T>(Func<StepsizeContext, Task<T>> read, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginReadAsync(cancellation);
        return await read(context);
    }

    private async Task<T> InTransactionAsync<T>(Func<StepsizeContext, Task<T>> change, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var result = await change(context);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>Commits, and then refuses where the change was not the one asked for.</summary>
    private async Task InTransactionAsync(
        Func<StepsizeContext, Task<bool>> change, Func<bool, bool> isDone, string otherwise, CancellationToken cancellation)
    {
        if (!isDone(await InTransactionAsync(change, cancellation)))
        {
            throw new InvalidInputException("", otherwise);
        }
    }
}
