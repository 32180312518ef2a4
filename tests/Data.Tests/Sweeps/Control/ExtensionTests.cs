using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Data.Tests.Sweeps.Control;

public sealed class ExtensionTests
{
    private const string Values = """{ "optimizers": [ { "id": "sgd-constant", "values": [0.5, 1, 9] } ] }""";

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Extend_MoreValuesAndSeeds_TrainsOnlyWhatIsNew(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await ControlledSweep.CompletedAsync(database, values: 3, seeds: 2);
        var before = (await database.Store.FindAsync(id, Token))!.Runs;
        var extension = ExtensionReader.Parse("""{ "optimizers": [ { "id": "sgd-constant", "values": [0.5, 1, 9] } ], "seeds": [2] }""");

        var plan = await database.Control.PlanExtensionAsync(id, extension, Token);
        Assert.Equal((15, 6, 9), (plan.Runs, plan.RunsThere, plan.New.Count));
        Assert.Equal((5, 3, false), (plan.Cells, plan.CellsThere, plan.IsNewSweep));
        Assert.Equal(id, await database.Control.ExtendAsync(id, extension, Token));

        Assert.Equal(9, (await ControlledSweep.TrainAsync(database, id, 40)).Count);
        var sweep = (await database.Store.FindAsync(id, Token))!;
        Assert.Equal([0.5, 1, 2, 3, 9], sweep.Specification.Optimizers[0].Values);
        Assert.Equal(sweep.Specification.Expand().Select(r => r.Hash), sweep.Runs.Select(r => r.ConfigurationHash));
        Assert.Subset(sweep.Runs.Select(r => r.Id).ToHashSet(), before.Select(r => r.Id).ToHashSet());
        foreach (var run in sweep.Runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Id, 40);
        }
    }

    [Fact]
    public async Task PlanExtension_MoreValues_CountsCellsThatAreThere()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, values: 3, seeds: 2);
        await database.Bin.DeleteRunAsync((await database.Store.FindAsync(id, Token))!.Runs[0].Id, Token);

        var plan = await database.Control.PlanExtensionAsync(id, ExtensionReader.Parse(Values), Token);

        Assert.Equal((5, 3, 4, 1), (plan.Cells, plan.CellsThere, plan.New.Count, plan.Missing));
        Assert.Equal([0.5, 9, 0.5, 9], plan.New.Select(r => r.Point.AxisValue));
    }

    [Fact]
    public async Task Extend_WhileItTrains_LetsUnfinishedRunsGoOnFromTheirCheckpoints()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 2, seeds: 1, iterations: 60), Token);
        var run = (await database.Lifecycle.BeginAsync(id, Token))!.Runs[1];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 30));
        await recorder.FlushAsync();

        await database.Control.ExtendAsync(id, ExtensionReader.Parse(Values), Token);

        var resumed = (await database.Store.FindUnfinishedRunsAsync(id, Token)).Single(r => r.Key == run.Key);
        Assert.Equal((2.0, 30), (resumed.Configuration.AxisValue, resumed.ResumeFrom!.Iteration));
        Assert.Equal(4, (await ControlledSweep.TrainAsync(database, id, 60)).Count);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 60);
    }

    [Fact]
    public async Task Extend_AllThere_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, values: 3, seeds: 2);

        var fault = await Assert.ThrowsAsync<InvalidInputException>(
            () => database.Control.ExtendAsync(id, ExtensionReader.Parse("""{ "seeds": [0, 1] }"""), Token));

        Assert.Contains("has all of these runs already", fault.Message, StringComparison.Ordinal);
        Assert.Equal(SweepStatus.Completed, await database.Control.FindStatusAsync(id, Token));
    }

    [Fact]
    public async Task Extend_LongerRuns_MakesASweepBesideThisOne()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, values: 2, seeds: 1, iterations: 40);
        var extension = ExtensionReader.Parse("""{ "iterations": 80 }""");
        Assert.True((await database.Control.PlanExtensionAsync(id, extension, Token)).IsNewSweep);

        var longer = await database.Control.ExtendAsync(id, extension, Token);

        Assert.NotEqual(id, longer);
        var sweep = (await database.Store.FindAsync(longer, Token))!;
        Assert.Equal(("A sweep, 80 iterations", SweepStatus.Queued, 2), (sweep.Summary.Name, sweep.Summary.Status, sweep.Runs.Count));
        Assert.Equal([40], sweep.Specification.EvaluateAtIterations);
        Assert.Equal((SweepStatus.Completed, 40), ((await database.Store.FindAsync(id, Token))!.Summary.Status, (await database.Store.FindAsync(id, Token))!.Runs[0].Iterations));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Extend_RunTrainedInAnotherSweep_CopiesItsRecord(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var other = await TrainAsync(database, [4, 5], iterations: 50);
        var id = await TrainAsync(database, [1], iterations: 50);
        var twin = (await database.Store.FindAsync(other, Token))!.Runs[0];
        var extension = ExtensionReader.Parse("""{ "optimizers": [ { "id": "sgd-constant", "values": [4, 6] } ] }""");

        var plan = await database.Control.PlanExtensionAsync(id, extension, Token);
        Assert.Equal([new TwinRun(twin.Id, other), null], plan.New.Select(r => r.CopyOf));
        await database.Control.ExtendAsync(id, extension, Token);

        Assert.Single(await database.Store.FindUnfinishedRunsAsync(id, Token));
        var copy = (await database.Store.FindAsync(id, Token))!.Runs.Single(r => r.AxisValue == 4);
        Assert.Equal((twin.ConfigurationHash, twin.Outcome, twin.Seconds, 50), (copy.ConfigurationHash, copy.Outcome, copy.Seconds, copy.Iterations));
        Assert.Equal(twin.Evaluations, copy.Evaluations);
        Assert.Equal(
            (await database.Curves.ReadAsync(twin.Id, MetricColumn.Stepsize, null, null, 100, Token))!.Maximum,
            (await database.Curves.ReadAsync(copy.Id, MetricColumn.Stepsize, null, null, 100, Token))!.Maximum);
    }

    [Fact]
    public async Task PlanExtension_TwinOfAnotherDevice_IsTrainedHere()
    {
        await using var database = await TestDatabase.CreateAsync();
        await TrainAsync(database, [4], iterations: 50, Sample.Provenance with { Device = "another" });
        var id = await TrainAsync(database, [1], iterations: 50);

        var plan = await database.Control.PlanExtensionAsync(
            id, ExtensionReader.Parse("""{ "optimizers": [ { "id": "sgd-constant", "values": [4] } ] }"""), Token);

        Assert.Null(Assert.Single(plan.New).CopyOf);
    }

    /// <summary>A sweep that keeps no iterates, which copying would not look for.</summary>
    private static async Task<long> TrainAsync(TestDatabase database, int[] values, int iterations, RunProvenance? provenance = null)
    {
        var id = await database.Store.CreateAsync(
            SpecificationReader.Parse(
                $$"""
                { "name": "No iterates", "workload": "quadratic-2d", "iterations": {{iterations}}, "evaluateAtIterations": [],
                  "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", values)}}] } ] }
                """),
            Token);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in (await database.Lifecycle.BeginAsync(id, Token))!.Runs)
        {
            recorder.Started(run, provenance ?? Sample.Provenance);
            recorder.Record(run, Sample.Segment(run.Key, 1, iterations, Sample.Result(iterations)) with { Iterates = null });
        }

        await recorder.FlushAsync();
        await database.Lifecycle.FinishIfDoneAsync(id, Token);
        return id;
    }
}
