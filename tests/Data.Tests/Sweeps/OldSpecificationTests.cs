using Microsoft.EntityFrameworkCore;
using Stepsize.Training.Options;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Data.Tests.Sweeps;

/// <summary>Databases from before the options <c>precision</c> and <c>lastBatch</c>: their sweeps go on meaning the float runs that they hold.</summary>
public sealed class OldSpecificationTests
{
    /// <summary>As the program wrote it then: every option that there was, and neither of these.</summary>
    private const string Stored = """
        {"name":"Old","workload":"linreg-stochastic","workloadOptions":{"columns":2000,"dataSeed":0,"rows":1000},"optimizers":[{"id":"adagrad-norm","axis":"b0","values":[1],"options":{"eta":650,"granularity":"global","weight_decay":0}}],"seeds":[0],"batchSize":20,"iterations":5000,"stopWhenDiverged":true}
        """;

    /// <summary>SHA-256 of the run's canonical form, computed apart from the program.</summary>
    private const string Hash = "ca23cafba57a27374653937d4c0eb4ff";

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Read_SweepStoredBeforeTheOptions_StaysFloatEverywhere(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(SpecificationReader.ParseStored(Stored), Token);
        await using (var context = database.OpenContext())
        {
            await context.Sweeps.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Specification, Stored), Token);
        }

        await database.RestartAsync();

        var sweep = (await database.Store.FindAsync(id, Token))!;
        AssertOld(sweep.Specification.WorkloadOptions);
        Assert.Equal(Hash, Assert.Single(sweep.Runs).ConfigurationHash);
        Assert.Equal(Hash, Assert.Single(sweep.Specification.Expand()).Hash);
        var work = (await database.Lifecycle.BeginAsync(id, Token))!;
        AssertOld(work.Specification.WorkloadOptions);
        Assert.Equal(Hash, Assert.Single(work.Runs).Configuration.Hash);

        // Its only run is the one of the grid: nothing of it is missing, and what is added to it is float too.
        Assert.DoesNotContain((await database.Control.FindMissingAsync(id, Token)).Runs, r => r.Point.ConfigurationHash != Hash);
        var plan = await database.Control.PlanExtensionAsync(id, ExtensionReader.Parse("""{ "seeds": [0, 1] }"""), Token);
        AssertOld(plan.Specification.WorkloadOptions);
        Assert.Equal((2, 1), (plan.Runs, plan.New.Count));
    }

    private static void AssertOld(OptionSet options) => Assert.Equal(("float", "dropped"), (options.Choice("precision"), options.Choice("lastBatch")));
}
