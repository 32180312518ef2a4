using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Data.Tests.Workers;

/// <summary>A sweep is changed by one program while another trains it: the database is right at once, and nothing that comes after is stored.</summary>
public sealed class CohortControlTests
{
    [Theory]
    [InlineData("pause", SweepStatus.Paused)]
    [InlineData("cancel", SweepStatus.Cancelled)]
    [InlineData("delete", null)]
    public async Task Change_AfterWhichNothingTrains_TakesEveryClaim(string change, SweepStatus? expected)
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync();
        var id = await cluster.LaunchAsync(values: 8);
        var claim = (await cluster.ClaimAsync(worker))!;
        var lost = new List<long?>();
        var recorder = await cluster.TrainAsync(claim, lost);

        await (change switch
        {
            "pause" => cluster.Database.Control.PauseAsync(id, Token),
            "cancel" => cluster.Database.Store.CancelAsync(id, Token),
            _ => cluster.Database.Bin.DeleteSweepAsync(id, Token),
        });

        Assert.Equal(expected, await cluster.Database.Control.FindStatusAsync(id, Token));
        Assert.Empty(await cluster.CohortsAsync());
        Assert.Empty((await cluster.Registry.BeatAsync(worker, 0, null, Token))!.Held);
        Assert.Null(await cluster.ClaimAsync(worker));
        await Cluster.GoOnAsync(recorder, claim, 10, 20, ends: true);
        Assert.Equal([null], lost);
        if (change == "delete")
        {
            await cluster.Database.Bin.RestoreSweepAsync(id, Token);
        }

        foreach (var run in claim.Work!.Runs)
        {
            await RecordedRun.AssertHoldsAsync(cluster.Database, run.Key, 10);
        }
    }

    /// <summary>What failed runs before: the sweep is claimed anew while the first worker still trains it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopAndGoOn_FirstWorkerStillTrains_FailsNoRun(bool delete)
    {
        await using var cluster = await Cluster.CreateAsync();
        var (one, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));
        var id = await cluster.LaunchAsync(values: 4);
        var first = (await cluster.ClaimAsync(one))!;
        var lost = new List<long?>();
        var old = await cluster.TrainAsync(first, lost);
        if (delete)
        {
            await cluster.Database.Bin.DeleteSweepAsync(id, Token);
            await cluster.Database.Bin.RestoreSweepAsync(id, Token);
        }
        else
        {
            await cluster.Database.Control.PauseAsync(id, Token);
            await cluster.Database.Control.ResumeAsync(id, Token);
        }

        var second = (await cluster.ClaimAsync(other))!;
        var young = await cluster.TrainAsync(second, []);
        await Cluster.GoOnAsync(old, first, 10, 30, ends: true);
        await Cluster.GoOnAsync(young, second, 20, 40, ends: true);
        await cluster.Claims.FinishAsync(first, "no result", Token);
        await cluster.Claims.FinishAsync(second, "no result", Token);

        Assert.Equal([null], lost);
        var sweep = await cluster.SweepAsync(id);
        Assert.Equal(SweepStatus.Completed, sweep.Summary.Status);
        Assert.All(sweep.Runs, r => Assert.Equal((RunOutcome.Finished, 40), (r.Outcome, r.Iterations)));
        foreach (var run in sweep.Runs)
        {
            await RecordedRun.AssertHoldsAsync(cluster.Database, run.Id, 40);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopRun_OfACohortInTraining_EndsThatRunAlone(bool delete)
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync();
        await cluster.LaunchAsync(values: 4);
        var claim = (await cluster.ClaimAsync(worker))!;
        var lost = new List<long?>();
        var recorder = await cluster.TrainAsync(claim, lost);
        var stopped = claim.Work!.Runs[1].Key;
        await (delete ? cluster.Database.Bin.DeleteRunAsync(stopped, Token) : cluster.Database.Control.StopRunAsync(stopped, Token));

        var beat = (await cluster.Registry.BeatAsync(worker, 0, null, Token))!;
        await Cluster.GoOnAsync(recorder, claim, 10, 20, ends: true);

        Assert.Equal([stopped], beat.LostRuns);
        Assert.Equal(claim.Fence.Number, Assert.Single(beat.Held).Fence);
        Assert.Equal([stopped], lost);
        if (delete)
        {
            await cluster.Database.Bin.RestoreRunAsync(stopped, Token);
        }

        var runs = (await cluster.SweepAsync(claim.SweepId)).Runs;
        Assert.Equal([RunOutcome.Finished, RunOutcome.CutShort, RunOutcome.Finished, RunOutcome.Finished], runs.Select(r => r.Outcome));
        Assert.Equal([20, 10, 20, 20], runs.Select(r => r.Iterations));
    }

    [Fact]
    public async Task ExtendAndRunMissing_WhileOthersTrain_LeaveThemAloneAndAddCohorts()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (one, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));
        var id = await cluster.LaunchAsync(values: 4);
        var claim = (await cluster.ClaimAsync(one))!;
        var lost = new List<long?>();
        var recorder = await cluster.TrainAsync(claim, lost);
        var stopped = claim.Work!.Runs[0].Key;
        await cluster.Database.Control.StopRunAsync(stopped, Token);
        await cluster.Database.Control.ExtendAsync(id, ExtensionReader.Parse("""{ "seeds": [1] }"""), Token);
        Assert.Equal(1, await cluster.Database.Control.QueueMissingAsync(id, null, Token));

        var added = (await cluster.ClaimAsync(other))!;
        var missing = (await cluster.ClaimAsync(other))!;

        Assert.Equal(SweepStatus.Running, (await cluster.SweepAsync(id)).Summary.Status);
        Assert.Equal(4, added.Work!.Runs.Count);
        Assert.Equal((stopped, null), (Assert.Single(missing.Work!.Runs).Key, missing.Work.Runs[0].ResumeFrom));
        await Cluster.GoOnAsync(recorder, claim, 10, 20, ends: true);
        Assert.Equal([stopped], lost);
        await cluster.Claims.FinishAsync(claim, "no result", Token);
        Assert.Equal([RunStatus.Queued, RunStatus.Finished, RunStatus.Finished, RunStatus.Finished], (await cluster.SweepAsync(id)).Runs.Take(4).Select(r => r.Status));
    }

    [Fact]
    public async Task Yield_WorkerAnswers_IsReservedForTheChange()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (one, other) = (await cluster.RegisterAsync(), await cluster.RegisterAsync("other"));
        var id = await cluster.LaunchAsync(values: 4);
        var claim = (await cluster.ClaimAsync(one))!;

        var yielding = cluster.Keeper.YieldAsync(id, TimeSpan.FromSeconds(20), Token);
        while (!(await cluster.Registry.BeatAsync(one, 0, null, Token))!.Held.Single().MustYield)
        {
            await Task.Delay(10, Token);
        }

        await cluster.Claims.GiveBackAsync(claim, reserved: true, Token);
        await yielding.WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.Null(await cluster.ClaimAsync(other));
        await cluster.Database.Control.PauseAsync(id, Token);
        await cluster.Database.Control.ResumeAsync(id, Token);
        Assert.NotNull(await cluster.ClaimAsync(other));
    }

    [Fact]
    public async Task Yield_WorkerSaysNothing_IsNotWaitedForLongerThanAsked()
    {
        await using var cluster = await Cluster.CreateAsync();
        var worker = await cluster.RegisterAsync();
        var id = await cluster.LaunchAsync(values: 4);
        await cluster.ClaimAsync(worker);

        await cluster.Keeper.YieldAsync(id, TimeSpan.FromSeconds(1), Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        await cluster.Database.Control.PauseAsync(id, Token);

        Assert.Empty((await cluster.Registry.BeatAsync(worker, 0, null, Token))!.Held);
    }
}
