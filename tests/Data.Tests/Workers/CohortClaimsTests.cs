using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Workers;

public sealed class CohortClaimsTests
{
    [Fact]
    public async Task Claim_ManyAtOnce_GivesEachCohortOnceAndEveryRun()
    {
        await using var cluster = await Cluster.CreateAsync();
        var id = await cluster.LaunchAsync(values: 40, seeds: 3);
        var workers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => cluster.RegisterAsync($"{i}")));

        var claims = (await Task.WhenAll(workers.Select(ClaimAllAsync))).SelectMany(c => c).ToArray();

        Assert.Equal(30, claims.Length);
        Assert.Equal(30, claims.Select(c => c.Fence.Number).Distinct().Count());
        var runs = claims.SelectMany(c => c.Work!.Runs).Select(r => r.Key).Order().ToArray();
        Assert.Equal((await cluster.SweepAsync(id)).Runs.Select(r => r.Id).Order(), runs);
        Assert.Equal(SweepStatus.Running, (await cluster.SweepAsync(id)).Summary.Status);

        async Task<List<CohortClaim>> ClaimAllAsync(long worker)
        {
            var claimed = new List<CohortClaim>();
            while (await cluster.ClaimAsync(worker) is { } claim)
            {
                claimed.Add(claim);
            }

            return claimed;
        }
    }

    [Fact]
    public async Task Claim_PrioritiesQueuesAndRefusals_AreKept()
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync();
        var (first, second, third) = (await cluster.LaunchAsync(), await cluster.LaunchAsync(), await cluster.LaunchAsync());
        await cluster.Database.Control.SetPriorityAsync(third, 5, Token);
        await cluster.Database.Control.SetPriorityAsync(second, -5, Token);

        Assert.Null(await cluster.Claims.ClaimAsync(worker, "gpu", [], Token));
        Assert.Equal(third, (await cluster.ClaimAsync(worker))!.SweepId);
        Assert.Equal(second, (await cluster.ClaimAsync(worker, third, first))!.SweepId);
        Assert.Equal(third, (await cluster.ClaimAsync(worker))!.SweepId);
        Assert.Equal([third, second, first], (await cluster.Keeper.ListAsync(Token)).OrderByDescending(p => p.IsTrained).ThenByDescending(p => p.SweepId).Select(p => p.SweepId));
    }

    [Fact]
    public async Task GiveBack_HalfTrained_GoesOnFromCheckpointsElsewhere()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (one, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));
        var id = await cluster.LaunchAsync(values: 4);
        var claim = (await cluster.ClaimAsync(one))!;
        var lost = new List<long?>();
        await cluster.TrainAsync(claim, lost);

        await cluster.Claims.GiveBackAsync(claim, reserved: false, Token);
        Assert.Equal(SweepStatus.Queued, (await cluster.SweepAsync(id)).Summary.Status);
        var again = (await cluster.ClaimAsync(other))!;

        Assert.Equal(claim.Fence.CohortId, again.Fence.CohortId);
        Assert.NotEqual(claim.Fence.Number, again.Fence.Number);
        Assert.All(again.Work!.Runs, r => Assert.Equal(10, r.ResumeFrom!.Iteration));
        var recorder = await cluster.TrainAsync(again, lost);
        await Cluster.GoOnAsync(recorder, again, 20, 30, ends: true);
        await cluster.Claims.FinishAsync(again, "no result", Token);
        Assert.Empty(lost);
        Assert.Equal(SweepStatus.Completed, (await cluster.SweepAsync(id)).Summary.Status);
        Assert.Empty(await cluster.CohortsAsync());
        foreach (var run in again.Work.Runs)
        {
            await RecordedRun.AssertHoldsAsync(cluster.Database, run.Key, 30);
        }
    }

    [Fact]
    public async Task Finish_RunsWithoutResult_FailWithTheReason()
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync();
        var id = await cluster.LaunchAsync(values: 8);
        var (first, second) = ((await cluster.ClaimAsync(worker))!, (await cluster.ClaimAsync(worker))!);

        await cluster.Claims.FinishAsync(first, "The file is missing.", Token);

        var sweep = await cluster.SweepAsync(id);
        Assert.Equal((SweepStatus.Running, 4), (sweep.Summary.Status, sweep.Summary.RunsFailed));
        Assert.All(sweep.Runs.Take(4), r => Assert.Equal("The file is missing.", r.Error));
        await cluster.Claims.FinishAsync(second, "The file is missing.", Token);
        Assert.Equal((SweepStatus.Failed, 8), ((await cluster.SweepAsync(id)).Summary.Status, (await cluster.SweepAsync(id)).Summary.RunsFailed));
    }

    [Fact]
    public async Task Finish_ClaimLost_FailsNothing()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (one, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));
        var id = await cluster.LaunchAsync(values: 4);
        var lost = (await cluster.ClaimAsync(one))!;
        await cluster.ExpireAsync();
        await cluster.Keeper.ReconcileAsync(Token);
        Assert.NotNull(await cluster.ClaimAsync(other));

        await cluster.Claims.FinishAsync(lost, "no result", Token);
        await cluster.Claims.GiveBackAsync(lost, reserved: false, Token);

        var sweep = await cluster.SweepAsync(id);
        Assert.Equal(SweepStatus.Running, sweep.Summary.Status);
        Assert.All(sweep.Runs, r => Assert.Equal(RunStatus.Queued, r.Status));
        Assert.Equal(other, Assert.Single(await cluster.CohortsAsync()).WorkerId);
    }

    [Fact]
    public async Task CreateHeld_Sweep_CanBeClaimedByNobody()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (one, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));

        var claim = await cluster.Claims.CreateHeldAsync(one, Cluster.Sweep(values: 20, seeds: 3), Token);

        Assert.Equal(60, claim.Work!.Runs.Count);
        Assert.Null(await cluster.ClaimAsync(other));
        Assert.Equal(SweepStatus.Running, (await cluster.SweepAsync(claim.SweepId)).Summary.Status);
        Assert.Equal(claim.Fence, new Data.Recording.CohortFence(Assert.Single((await cluster.Registry.BeatAsync(one, 0, null, Token))!.Held).CohortId, claim.Fence.Number));
    }

    [Fact]
    public async Task TakeTickets_CohortsThatWait_GivesOneForEachAndAgainWhenTheyAreOld()
    {
        await using var cluster = await Cluster.CreateAsync();
        await cluster.LaunchAsync(values: 40);

        Assert.Equal(4, (await cluster.Keeper.TakeTicketsAsync(4, Token))[CohortQueues.Cpu]);
        Assert.Equal(6, (await cluster.Keeper.TakeTicketsAsync(100, Token))[CohortQueues.Cpu]);
        Assert.Empty(await cluster.Keeper.TakeTicketsAsync(100, Token));
        await cluster.ExecuteAsync("""UPDATE "Cohorts" SET "TicketAt" = "TicketAt" - 40000""");
        Assert.Equal(10, (await cluster.Keeper.TakeTicketsAsync(100, Token))[CohortQueues.Cpu]);
        Assert.Equal(10, (await cluster.Keeper.CountWaitingAsync(Token))[CohortQueues.Cpu]);
    }

    [Fact]
    public async Task Create_OnSqlite_CutsNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Store.CreateAsync(Sample.Sweep(), Token);
        await using var context = database.OpenContext();

        Assert.Empty(await context.Cohorts.ToListAsync(Token));
        Assert.All(await context.Runs.ToListAsync(Token), r => Assert.Equal((null, 0L), (r.CohortId, r.Fence)));
    }
}
