using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>The sweeps and runs of the database, read and written with Entity Framework.</summary>
internal sealed class SweepStore(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : ISweepStore
{
    public async Task<long> CreateAsync(SweepSpecification specification, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var sweepId = await SweepInsertion.AddAsync(context, specification, time.GetUtcNow(), cancellation);
        await RunInsertion.AddAsync(context, sweepId, specification, GridPoints.Of(specification), cancellation);
        await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return sweepId;
    }

    public async Task<IReadOnlyList<SweepSummary>> ListAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await SummaryQuery.ReadAsync(context, sweepId: null, time.GetUtcNow(), cancellation);
    }

    public async Task<SweepDetail?> FindAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);

        // One snapshot for all three queries: a run that finishes between them would be counted but not shown.
        await using var transaction = await context.Database.BeginReadAsync(cancellation);
        var summaries = await SummaryQuery.ReadAsync(context, sweepId, time.GetUtcNow(), cancellation);
        if (summaries.Count == 0)
        {
            return null;
        }

        var specification = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => s.Specification).SingleAsync(cancellation);
        return new SweepDetail
        {
            Summary = summaries[0],
            Specification = SpecificationReader.ParseStored(specification),
            Runs = await RunQuery.ReadAsync(context, sweepId, cancellation),
        };
    }

    public async Task<long?> FindSweepOfRunAsync(long runId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Runs.Where(r => r.Id == runId).Select(r => (long?)r.SweepId).SingleOrDefaultAsync(cancellation);
    }

    public async Task<IReadOnlyList<CohortRun>> FindUnfinishedRunsAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var work = await UnfinishedQuery.ReadAsync(context, sweepId, cancellation);
        return work?.Runs ?? [];
    }

    public async Task SetStatusAsync(long sweepId, SweepStatus status, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepCohorts.LockAsync(context, sweepId, cancellation);
        await SweepTransitions.SetAsync(context, sweepId, status, time.GetUtcNow(), cancellation);
        if (status != SweepStatus.Running)
        {
            // Running is what it is as soon as somebody trains it, and not before.
            await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    public async Task CancelAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepCohorts.LockAsync(context, sweepId, cancellation);
        var status = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => (SweepStatus?)s.Status).SingleOrDefaultAsync(cancellation);
        if (status is SweepStatus.Queued or SweepStatus.Running or SweepStatus.Paused)
        {
            await SweepTransitions.SetAsync(context, sweepId, SweepStatus.Cancelled, time.GetUtcNow(), cancellation);
        }

        if (status is not (null or SweepStatus.Completed or SweepStatus.Failed))
        {
            await SweepTransitions.CutShortAsync(context, r => r.SweepId == sweepId, cancellation);
        }

        await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);

        await transaction.CommitAsync(cancellation);
    }
}
