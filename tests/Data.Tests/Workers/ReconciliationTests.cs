using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Workers;

public sealed class ReconciliationTests
{
    [Fact]
    public async Task Reconcile_LeaseExpired_LetsAnotherGoOnFromCheckpoints()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (gone, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));
        var id = await cluster.LaunchAsync(values: 4);
        var claim = (await cluster.ClaimAsync(gone))!;
        var lost = new List<long?>();
        var recorder = await cluster.TrainAsync(claim, lost);
        await cluster.Keeper.ReconcileAsync(Token);
        Assert.Null(await cluster.ClaimAsync(other));

        await cluster.ExpireAsync();
        await cluster.Keeper.ReconcileAsync(Token);

        Assert.Equal(SweepStatus.Queued, (await cluster.SweepAsync(id)).Summary.Status);
        var again = (await cluster.ClaimAsync(other))!;
        Assert.All(again.Work!.Runs, r => Assert.Equal(10, r.ResumeFrom!.Iteration));
        await Cluster.GoOnAsync(recorder, claim, 10, 20, ends: true);
        Assert.Equal([null], lost);
        Assert.Empty((await cluster.Registry.BeatAsync(gone, 0, null, Token))!.Held);
    }

    [Fact]
    public async Task Reconcile_BeatInTime_LeavesTheClaim()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (worker, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));
        await cluster.LaunchAsync(values: 4);
        await cluster.ClaimAsync(worker);
        await cluster.ExpireAsync();

        await cluster.Registry.BeatAsync(worker, 0, null, Token);
        await cluster.Keeper.ReconcileAsync(Token);

        Assert.Null(await cluster.ClaimAsync(other));
    }

    [Fact]
    public async Task Reconcile_WorkersEndWithoutAnIteration_FailsTheRunsAfterFiveAndSaysWhy()
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync("small-machine");
        var id = await cluster.LaunchAsync(values: 4);
        for (var attempt = 0; attempt < LeaseTerms.MostAttempts; attempt++)
        {
            Assert.NotNull(await cluster.ClaimAsync(worker));
            await cluster.ExpireAsync();
            await cluster.Keeper.ReconcileAsync(Token);
        }

        Assert.Null(await cluster.ClaimAsync(worker));
        var sweep = await cluster.SweepAsync(id);
        Assert.Equal((SweepStatus.Failed, 4), (sweep.Summary.Status, sweep.Summary.RunsFailed));
        Assert.All(sweep.Runs, r => Assert.Contains("small-machine", r.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_WorkersEndAfterSomeIterations_FailsNothing()
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync();
        var id = await cluster.LaunchAsync(values: 4);
        for (var attempt = 0; attempt < 2 * LeaseTerms.MostAttempts; attempt++)
        {
            var claim = (await cluster.ClaimAsync(worker))!;
            if (attempt % LeaseTerms.MostAttempts == 0)
            {
                await cluster.TrainAsync(claim, []);
            }

            await cluster.ExpireAsync();
            await cluster.Keeper.ReconcileAsync(Token);
        }

        Assert.Equal(0, (await cluster.SweepAsync(id)).Summary.RunsFailed);
        Assert.NotNull(await cluster.ClaimAsync(worker));
    }

    /// <summary>Such as one that an earlier version stored, or whose program ended between storing the last run and closing the sweep.</summary>
    [Fact]
    public async Task Reconcile_SweepsOutOfStep_PutsThemInOrder()
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync();
        var (uncut, ended, cancelled, running) = (await cluster.LaunchAsync(4), await cluster.LaunchAsync(4), await cluster.LaunchAsync(4), await cluster.LaunchAsync(4));
        await cluster.ExecuteAsync(
            $"""
            DELETE FROM "Cohorts";
            UPDATE "Runs" SET "CohortId" = NULL;
            UPDATE "Runs" SET "Status" = 'Finished', "Outcome" = 'Finished' WHERE "SweepId" = {ended};
            UPDATE "Sweeps" SET "Status" = 'Cancelled' WHERE "Id" = {cancelled};
            UPDATE "Sweeps" SET "Status" = 'Running' WHERE "Id" IN ({running}, {ended});
            """);

        await cluster.Keeper.ReconcileAsync(Token);

        Assert.Equal(SweepStatus.Queued, (await cluster.SweepAsync(uncut)).Summary.Status);
        Assert.Equal(SweepStatus.Completed, (await cluster.SweepAsync(ended)).Summary.Status);
        Assert.All((await cluster.SweepAsync(cancelled)).Runs, r => Assert.Equal(RunOutcome.CutShort, r.Outcome));
        Assert.Equal(SweepStatus.Queued, (await cluster.SweepAsync(running)).Summary.Status);
        Assert.Equal([uncut, running], (await cluster.CohortsAsync()).Select(c => c.SweepId));
        Assert.Equal(uncut, (await cluster.ClaimAsync(worker))!.SweepId);
    }

    [Fact]
    public async Task List_WorkersThatTrainDrainAndAreGone_SaysSo()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (a, b, c) = (await cluster.RegisterAsync("a"), await cluster.RegisterAsync("b"), await cluster.RegisterAsync("c"));
        var id = await cluster.LaunchAsync(values: 4);
        await cluster.ClaimAsync(a);
        await cluster.Registry.BeatAsync(a, 1234.5, "Sweep 7 needs cifar10.", Token);
        await cluster.Registry.SetDrainingAsync(b, true, Token);
        await cluster.ExecuteAsync($"""UPDATE "Workers" SET "BeatAt" = "BeatAt" - 70000 WHERE "Id" = {c}""");

        var lines = await cluster.Registry.ListAsync(Token);

        Assert.Equal(["a", "b", "c"], lines.Select(l => l.Name));
        Assert.Equal((1234.5, "Sweep 7 needs cifar10."), (lines[0].IterationsPerSecond, lines[0].Remark));
        Assert.Equal((id, 4), (Assert.Single(lines[0].Trains).SweepId, lines[0].Trains[0].Runs));
        Assert.Equal([false, true, false], lines.Select(l => l.IsDraining));
        Assert.Equal([false, false, true], lines.Select(l => l.IsGone));
        Assert.True((await cluster.Registry.BeatAsync(b, 0, null, Token))!.IsDraining);
        await cluster.Registry.LeaveAsync(c, Token);
        Assert.Null(await cluster.Registry.BeatAsync(c, 0, null, Token));
    }
}
