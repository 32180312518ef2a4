using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Selections;

namespace Stepsize.Data.Tests.Selections;

public sealed class SelectionStoreTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Save_TheSameRunsInAnyOrder_GivesTheSameShortName(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = database.Services.GetRequiredService<ISelectionStore>();

        var first = await store.SaveAsync(RunSelection.Of([5, 1, 2, 3]), Token);
        var second = await store.SaveAsync(RunSelection.Parse("1-3,5"), Token);
        var other = await store.SaveAsync(RunSelection.Parse("1-3,6"), Token);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Matches("^[0-9a-z]{10}$", first);
        Assert.Equal("1-3,5", (await store.FindAsync(first, Token))!.ToString());
        Assert.Null(await store.FindAsync("nothing", Token));
    }

    [Fact]
    public async Task Save_ManyAtOnce_AllSucceed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var store = database.Services.GetRequiredService<ISelectionStore>();

        var names = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SaveAsync(RunSelection.Parse("1-9"), Token)));

        Assert.Single(names.Distinct());
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Read_RunsOfTwoSweeps_ComeBySweepWithoutThoseThatAreGone(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = database.Services.GetRequiredService<ISelectionStore>();
        var first = await database.Store.CreateAsync(Sample.Sweep(values: 3, seeds: 2, name: "First"), Token);
        var second = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, name: "Second"), Token);
        var runs = (await database.Store.FindAsync(first, Token))!.Runs;
        var other = (await database.Store.FindAsync(second, Token))!.Runs[0];

        var sweeps = await store.ReadAsync(RunSelection.Of([other.Id, runs[4].Id, runs[1].Id, 99_999]), Token);

        Assert.Equal(["First", "Second"], sweeps.Select(s => s.Name));
        Assert.Equal([runs[1].Id, runs[4].Id], sweeps[0].Runs.Select(r => r.Id));
        Assert.Equal((runs[4].AxisValue, runs[4].Seed, runs[4].IterationsPlanned), (sweeps[0].Runs[1].AxisValue, sweeps[0].Runs[1].Seed, sweeps[0].Runs[1].IterationsPlanned));
    }

    [Fact]
    public async Task OfSweep_RowAndValue_NarrowIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        var store = database.Services.GetRequiredService<ISelectionStore>();
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 3, seeds: 2), Token);
        var runs = (await database.Store.FindAsync(sweep, Token))!.Runs;

        Assert.Equal(6, (await store.OfSweepAsync(sweep, null, null, Token))!.Count);
        Assert.Equal(6, (await store.OfSweepAsync(sweep, 0, null, Token))!.Count);
        Assert.Equal(runs.Where(r => r.AxisValue == 2).Select(r => r.Id).Order(), (await store.OfSweepAsync(sweep, 0, 2, Token))!.Runs);
        Assert.Null(await store.OfSweepAsync(sweep, 1, null, Token));
        Assert.Null(await store.OfSweepAsync(sweep + 1, null, null, Token));
    }
}
