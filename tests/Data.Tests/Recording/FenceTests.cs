using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Recording;

/// <summary>Two programs that train the same runs on PostgreSQL: only the one whose claim holds stores anything, and no run fails.</summary>
public sealed class FenceTests
{
    private const int Iterations = 100;

    [Fact]
    public async Task Record_UnderTheFence_StoresEachIterationOnce()
    {
        await using var database = await TestDatabase.CreateAsync(Provider.PostgreSql);
        var runs = await RunsAsync(database, values: 4);
        var lost = new List<long?>();
        var recorder = database.Recording.Open(() => { }, Token, await ClaimAsync(database, fence: 7), lost.Add);

        await Task.WhenAll(runs.Select((run, i) => Task.Run(() => Sample.Train(recorder, run, Iterations, 10 + i), Token)));
        await recorder.FlushAsync();

        Assert.Empty(lost);
        foreach (var run in runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Key, Iterations);
        }
    }

    [Fact]
    public async Task Record_CohortClaimedByAnother_IsDroppedInSilence()
    {
        await using var database = await TestDatabase.CreateAsync(Provider.PostgreSql);
        var runs = await RunsAsync(database, values: 2);
        var lost = new List<long?>();
        var first = database.Recording.Open(() => { }, Token, await ClaimAsync(database, fence: 7), lost.Add);
        first.Started(runs[0], Sample.Provenance);
        first.Started(runs[1], Sample.Provenance);
        first.Record(runs[0], Sample.Segment(runs[0].Key, 1, 10));
        await first.FlushAsync();
        Assert.Empty(lost);
        var second = database.Recording.Open(() => { }, Token, await ClaimAsync(database, fence: 8), _ => Assert.Fail("The second claim holds."));
        var again = await database.Store.FindUnfinishedRunsAsync(1, Token);

        // The end of one run, and a failure that knows of no iteration: neither may be stored.
        first.Record(runs[0], Sample.Segment(runs[0].Key, 11, Iterations, Sample.Result(Iterations)));
        first.Record(runs[1], new RunSegment(1, [], [], [], null, [], null, new RunResult(RunOutcome.Failed, 0, null, 0, Error: "refused")));
        await first.FlushAsync();

        Assert.Equal([null], lost);
        Assert.Null(first.FirstFailure);
        Assert.All((await database.Store.FindAsync(1, Token))!.Runs, r => Assert.Null(r.Outcome));
        await RecordedRun.AssertHoldsAsync(database, runs[0].Key, 10);
        foreach (var run in again)
        {
            Sample.Train(second, run, Iterations, 30);
        }

        await second.FlushAsync();
        foreach (var run in again)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Key, Iterations);
        }

        Assert.All((await database.Store.FindAsync(1, Token))!.Runs, r => Assert.Equal(RunOutcome.Finished, r.Outcome));
    }

    [Fact]
    public async Task Record_OneRunTakenOut_DropsThatRunAlone()
    {
        await using var database = await TestDatabase.CreateAsync(Provider.PostgreSql);
        var runs = await RunsAsync(database, values: 3);
        var lost = new List<long?>();
        var recorder = database.Recording.Open(() => { }, Token, await ClaimAsync(database, fence: 7), lost.Add);
        foreach (var run in runs)
        {
            recorder.Started(run, Sample.Provenance);
            recorder.Record(run, Sample.Segment(run.Key, 1, 10));
        }

        await recorder.FlushAsync();
        await ExecuteAsync(database, $"""UPDATE "Runs" SET "Fence" = 0 WHERE "Id" = {runs[1].Key}""");
        foreach (var run in runs)
        {
            recorder.Record(run, Sample.Segment(run.Key, 11, Iterations, Sample.Result(Iterations)));
        }

        await recorder.FlushAsync();

        Assert.Equal([runs[1].Key], lost);
        await RecordedRun.AssertHoldsAsync(database, runs[0].Key, Iterations);
        await RecordedRun.AssertHoldsAsync(database, runs[1].Key, 10);
        await RecordedRun.AssertHoldsAsync(database, runs[2].Key, Iterations);
    }

    [Fact]
    public async Task Record_TwoClaimsInOneBatch_StoresTheOneThatHolds()
    {
        await using var database = await TestDatabase.CreateAsync(Provider.PostgreSql);
        var runs = await RunsAsync(database, values: 1);
        var gone = database.Recording.Open(() => { }, Token, new CohortFence(999, 3), _ => { });
        var held = database.Recording.Open(() => { }, Token, await ClaimAsync(database, fence: 7), _ => Assert.Fail("The claim holds."));
        var other = (await RunsAsync(database, values: 1))[0];

        gone.Started(other, Sample.Provenance);
        Sample.Train(held, runs[0], Iterations, 5);
        gone.Record(other, Sample.Segment(other.Key, 1, 10));
        await held.FlushAsync();
        await gone.FlushAsync();

        await RecordedRun.AssertHoldsAsync(database, runs[0].Key, Iterations);
        Assert.Equal(RunStatus.Queued, (await database.Store.FindAsync(2, Token))!.Runs[0].Status);
    }

    private static async Task<IReadOnlyList<CohortRun>> RunsAsync(TestDatabase database, int values)
    {
        var id = await database.Store.CreateAsync(Sample.Sweep(values, seeds: 1, iterations: Iterations), Token);
        return await database.Store.FindUnfinishedRunsAsync(id, Token);
    }

    /// <summary>Makes all runs of sweep 1 one cohort with this fence, whoever had them before.</summary>
    private static async Task<CohortFence> ClaimAsync(TestDatabase database, long fence)
    {
        await ExecuteAsync(
            database,
            $"""
            DELETE FROM "Cohorts";
            INSERT INTO "Cohorts" ("SweepId", "Queue", "Priority", "Status", "Fence", "Wish", "Attempts", "CreatedAt", "IterationsAtClaim")
            VALUES (1, 'cpu', 0, '{CohortStatus.Held}', {fence}, '{CohortWish.None}', 0, 0, 0);
            UPDATE "Runs" SET "Fence" = {fence}, "CohortId" = (SELECT MAX("Id") FROM "Cohorts") WHERE "SweepId" = 1 AND "Status" <> 'Finished';
            """);
        await using var context = database.OpenContext();
        return new CohortFence(await context.Cohorts.MaxAsync(c => c.Id, Token), fence);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var context = database.OpenContext();
        await context.Database.ExecuteSqlRawAsync(sql, Token);
    }
}
