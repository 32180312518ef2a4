using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Sweeps;

/// <summary>Times with wide margins: they catch a query that reads what it should count, not a slow machine.</summary>
public sealed class LargeDatabaseTests
{
    [Fact]
    public async Task List_HundredsOfSweepsAndAHundredThousandRuns_AnswersAtOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var watch = Stopwatch.StartNew();
        await database.Store.CreateAsync(Sample.Sweep(values: 10_000, seeds: 7), Token);
        Tell("creating 70,000 runs", watch);
        for (var i = 0; i < 300; i++)
        {
            await database.Store.CreateAsync(Sample.Sweep(values: 20, seeds: 5), Token);
        }

        await FinishHalfAsync(database);
        await database.Store.ListAsync(Token);

        watch.Restart();
        var list = await database.Store.ListAsync(Token);
        Tell("listing", watch);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        Assert.Equal(301, list.Count);
        Assert.Equal(100_000, list.Sum(s => s.Runs));
        Assert.Equal(50_000, list.Sum(s => s.RunsFinished));

        watch.Restart();
        var one = await database.Store.FindAsync(list[0].Id, Token);
        Tell("one sweep of 100 runs", watch);
        Assert.Equal(100, one!.Runs.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
    }

    private static async Task FinishHalfAsync(TestDatabase database)
    {
        var provenance = new string('x', 600);
        await using var context = database.OpenContext();
        await context.Runs.ExecuteUpdateAsync(s => s.SetProperty(r => r.Provenance, provenance), Token);
        await context.Runs.Where(r => r.Id % 2 == 0).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Status, RunStatus.Finished).SetProperty(r => r.Outcome, RunOutcome.Converged).SetProperty(r => r.Iterations, 1000).SetProperty(r => r.Provenance, (string?)null),
            Token);
        await context.Runs.Where(r => r.Id % 2 == 1).ExecuteUpdateAsync(s => s.SetProperty(r => r.Provenance, (string?)null), Token);
    }

    private static void Tell(string what, Stopwatch watch) =>
        TestContext.Current.SendDiagnosticMessage($"{what}: {watch.Elapsed.TotalMilliseconds:0} ms");
}
