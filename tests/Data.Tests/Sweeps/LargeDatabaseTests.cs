using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Sweeps;

namespace Stepsize.Data.Tests.Sweeps;

/// <summary>Times with wide margins: they catch a query that reads what it should count, not a slow machine.</summary>
public sealed class LargeDatabaseTests
{
    [Fact]
    public async Task List_HundredsOfSweepsAndAHundredThousandRuns_AnswersAtOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Store.CreateAsync(Sample.Sweep(values: 50, seeds: 5, iterations: 1000), Token);
        await MultiplyAsync(database, sweeps: 400);
        await database.Store.ListAsync(Token);
        var watch = Stopwatch.StartNew();

        var list = await database.Store.ListAsync(Token);

        Tell("Listing 400 sweeps of 250 runs", watch);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
        Assert.Equal(400, list.Count);
        Assert.All(list, s => Assert.Equal((250, 125, 0.5), (s.Runs, s.RunsFinished, s.Progress)));
        watch.Restart();

        var one = await database.Store.FindAsync(list[0].Id, Token);

        Tell("Reading one sweep of 250 runs", watch);
        Assert.Equal(250, one!.Runs.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }

    /// <summary>Copies the only sweep, with half of its runs finished and all of them as wide as provenance makes them.</summary>
    private static async Task MultiplyAsync(TestDatabase database, int sweeps)
    {
        await using var context = database.OpenContext();
        await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE "Runs" SET "Provenance" = printf('%.600c', 'x');
            UPDATE "Runs" SET "Status" = 'Finished', "Outcome" = 'Finished', "Iterations" = 1000 WHERE "Ordinal" % 2 = 0;
            INSERT INTO "Sweeps" ("Name", "Workload", "Specification", "Status", "CreatedAt", "IterationsAtResume")
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {sweeps})
            SELECT "Name", "Workload", "Specification", "Status", "CreatedAt", 0 FROM "Sweeps", n;
            INSERT INTO "Runs" ("SweepId", "Ordinal", "Row", "AxisValue", "Seed", "ConfigurationHash", "Status", "Outcome", "Iterations", "IterationsPlanned", "Seconds", "Provenance")
            SELECT s."Id", "Ordinal", "Row", "AxisValue", "Seed", "ConfigurationHash", r."Status", "Outcome", "Iterations", "IterationsPlanned", "Seconds", "Provenance"
            FROM "Sweeps" s, "Runs" r WHERE s."Id" > 1;
            UPDATE "Runs" SET "Provenance" = NULL WHERE "SweepId" = (SELECT MAX("Id") FROM "Sweeps");
            """,
            Token);
    }

    private static void Tell(string what, Stopwatch watch) =>
        TestContext.Current.SendDiagnosticMessage($"{what}: {watch.Elapsed.TotalMilliseconds:0} ms");
}
