using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Workers;

/// <summary>Rows of the table of workers, and the leases of what they hold.</summary>
internal sealed class WorkerRegistry(IDbContextFactory<StepsizeContext> contexts, LeaseTerms terms) : IWorkerRegistry
{
    /// <summary>How long a program that was gone is shown.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromHours(1);

    private const string Register =
        """
        INSERT INTO "Workers" ("Name", "Host", "Pid", "Version", "Device", "Queues", "Slots", "StartedAt", "BeatAt", "Draining", "IterationsPerSecond")
        VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, 
        """ + ServerClock.Now + ", " + ServerClock.Now + """, FALSE, 0) RETURNING "Id" AS "Value" """;

    private const string Live =
        """UPDATE "Workers" SET "IterationsPerSecond" = {1}, "Remark" = {2}, "BeatAt" = """ + ServerClock.Now + """ WHERE "Id" = {0} RETURNING "Draining" AS "Value" """;

    /// <summary>In the order of their numbers, as everybody who locks cohorts.</summary>
    private const string Prolong =
        """UPDATE "Cohorts" AS c SET "LeasedUntil" = {1} + """ + ServerClock.Now +
        """
         FROM (SELECT "Id" FROM "Cohorts" WHERE "WorkerId" = {0} AND "Status" = 'Held' ORDER BY "Id" FOR NO KEY UPDATE) AS held
        WHERE c."Id" = held."Id" RETURNING c."Id", c."Fence", c."Wish"
        """;

    private const string LostRuns =
        """
        SELECT r."Id" AS "Value" FROM "Runs" AS r JOIN "Cohorts" AS c ON r."CohortId" = c."Id"
        WHERE c."WorkerId" = {0} AND c."Status" = 'Held' AND r."Fence" <> c."Fence"
        """;

    private const string Versions = """SELECT DISTINCT "Version" AS "Value" FROM "Workers" WHERE "BeatAt" > """ + ServerClock.Now + " - {0}";

    /// <summary>Such as a cohort whose claim was made while the program was ending.</summary>
    private const string LeaveAll =
        """
        UPDATE "Cohorts" AS c SET "Status" = 'Waiting', "WorkerId" = NULL, "Fence" = 0, "LeasedUntil" = NULL, "Wish" = 'None', "TicketAt" = NULL, "ClaimedAt" = NULL
        FROM (SELECT "Id" FROM "Cohorts" WHERE "WorkerId" = {0} ORDER BY "Id" FOR UPDATE) AS held WHERE c."Id" = held."Id" RETURNING c."Id" AS "Value"
        """;

    private const string Moment = "SELECT " + ServerClock.Now + """ AS "Value" """;

    private long LeaseMilliseconds => (long)terms.Lease.TotalMilliseconds;

    public async Task<long> RegisterAsync(WorkerDescription worker, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var keys = await context.Database.SqlQueryRaw<long>(
            Register, worker.Name, worker.Host, worker.Pid, worker.Version, worker.Device, string.Join(',', worker.Queues), worker.Slots).ToListAsync(cancellation);
        return keys[0];
    }

    public async Task<WorkerBeat?> BeatAsync(long workerId, double iterationsPerSecond, string? remark, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var draining = await context.Database.SqlQueryRaw<bool>(Live, workerId, iterationsPerSecond, new Npgsql.NpgsqlParameter<string?> { TypedValue = remark }).ToListAsync(cancellation);
        if (draining.Count == 0)
        {
            return null;
        }

        var held = await context.Database.SqlQueryRaw<HeldRow>(Prolong, workerId, LeaseMilliseconds).ToListAsync(cancellation);
        var lost = held.Count == 0 ? [] : await context.Database.SqlQueryRaw<long>(LostRuns, workerId).ToListAsync(cancellation);
        var versions = await context.Database.SqlQueryRaw<string>(Versions, LeaseMilliseconds).ToListAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new WorkerBeat(draining[0], [.. held.Select(h => new HeldCohort(h.Id, h.Fence, h.Wish == nameof(CohortWish.Yield)))], lost, versions);
    }

    public async Task LeaveAsync(long workerId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var left = await context.Database.SqlQueryRaw<long>(LeaveAll, workerId).ToListAsync(cancellation);
        await context.Runs.IgnoreQueryFilters().Where(r => left.Contains(r.CohortId!.Value)).ExecuteUpdateAsync(s => s.SetProperty(r => r.Fence, 0L), cancellation);
        await context.Workers.Where(w => w.Id == workerId).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task<IReadOnlyList<WorkerLine>> ListAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginReadAsync(cancellation);
        var now = DateTimeOffset.FromUnixTimeMilliseconds((await context.Database.SqlQueryRaw<long>(Moment).ToListAsync(cancellation))[0]);
        var workers = await context.Workers.AsNoTracking().Where(w => w.BeatAt > now - Shown).OrderBy(w => w.Name).ThenBy(w => w.Id).ToListAsync(cancellation);
        var trained = await (
            from cohort in context.Cohorts
            where cohort.Status == CohortStatus.Held && cohort.WorkerId != null
            join sweep in context.Sweeps on cohort.SweepId equals sweep.Id
            orderby cohort.ClaimedAt
            select new
            {
                cohort.WorkerId, cohort.SweepId, sweep.Name, cohort.ClaimedAt,
                Runs = context.Runs.Count(r => r.CohortId == cohort.Id && r.Status != RunStatus.Finished),
            }).ToListAsync(cancellation);
        var byWorker = trained.ToLookup(t => t.WorkerId!.Value, t => new TrainedCohort(t.SweepId, HiddenMarks.Without(t.Name), t.Runs, t.ClaimedAt ?? now));
        return
        [
            .. workers.Select(w => new WorkerLine
            {
                Id = w.Id,
                Name = w.Name,
                Host = w.Host,
                Pid = w.Pid,
                Version = w.Version,
                Device = w.Device,
                Queues = w.Queues.Split(',', StringSplitOptions.RemoveEmptyEntries),
                StartedAt = w.StartedAt,
                BeatAt = w.BeatAt,
                IsGone = w.BeatAt <= now - terms.Lease,
                IsDraining = w.Draining,
                IterationsPerSecond = w.BeatAt <= now - terms.Lease ? 0 : w.IterationsPerSecond,
                Remark = w.Remark,
                Trains = [.. byWorker[w.Id]],
            }),
        ];
    }

    public async Task SetDrainingAsync(long workerId, bool draining, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var queues = await context.Workers.Where(w => w.Id == workerId).Select(w => w.Queues).SingleOrDefaultAsync(cancellation)
            ?? throw new InvalidInputException("", $"There is no worker {workerId}; it may have ended.");
        if (queues.Length == 0)
        {
            throw new InvalidInputException("", $"Worker {workerId} only shows and trains nothing, so that there is nothing to drain.");
        }

        await context.Workers.Where(w => w.Id == workerId).ExecuteUpdateAsync(s => s.SetProperty(w => w.Draining, draining), cancellation);
        await context.Database.ExecuteSqlAsync($"SELECT pg_notify({ClusterChannel.Name}, {SweepCohorts.Changed + "0"})", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed class HeldRow
    {
        public long Id { get; init; }

        public long Fence { get; init; }

        public string Wish { get; init; } = "";
    }
}
