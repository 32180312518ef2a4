using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Tests.Database;

public sealed class SchemaTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Snapshot_ModelOfTheContext_HasNoPendingChanges(Provider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var context = database.OpenContext();

        Assert.False(context.Database.HasPendingModelChanges(), "The model changed without a migration.");
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Migrations_AllApplied_BuildTheTablesOfTheModel(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var context = database.OpenContext();

        // Each query names every column of its table.
        Assert.Empty(await context.Sweeps.ToListAsync(Token));
        Assert.Empty(await context.Runs.ToListAsync(Token));
        Assert.Empty(await context.Evaluations.ToListAsync(Token));
        Assert.Empty(await context.MetricChunks.ToListAsync(Token));
        Assert.Empty(await context.IterateChunks.ToListAsync(Token));
        Assert.Empty(await context.LayerChunks.ToListAsync(Token));
        Assert.Empty(await context.Checkpoints.ToListAsync(Token));
        Assert.Empty(await context.Workers.ToListAsync(Token));
        Assert.Empty(await context.Cohorts.ToListAsync(Token));
        Assert.Empty(await context.Reports.ToListAsync(Token));
        Assert.Empty(await context.ReportVersions.ToListAsync(Token));
        Assert.Empty(await context.Selections.ToListAsync(Token));
    }

    [Fact]
    public async Task Migrations_AllApplied_BuildWhatTheModelBuilds()
    {
        await using var migrated = await TestDatabase.CreateAsync();
        await using var created = await TestDatabase.CreateEmptyAsync();
        await using var fromMigrations = migrated.OpenContext();
        await using var fromModel = created.OpenContext();
        await fromModel.Database.EnsureCreatedAsync(Token);

        Assert.Equal(await StructureAsync(fromModel), await StructureAsync(fromMigrations));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Upgrade_DatabaseAtTheFirstMigration_KeepsItsRowsAndGetsTheRest(Provider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using (var context = database.OpenContext())
        {
            await SchemaUpgrade.RunAsync(context, database.Options, context.Database.GetMigrations().First(), Token);
            await Assert.ThrowsAnyAsync<Exception>(() => context.Checkpoints.ToListAsync(Token));
            await InsertAsFirstVersionAsync(context, Sample.Sweep());
        }

        const long id = 1;
        await database.RestartAsync();

        var sweep = await database.Store.FindAsync(id, Token);
        Assert.Equal(6, sweep!.Runs.Count);
        Assert.Equal(6, (await database.Store.FindUnfinishedRunsAsync(id, Token)).Count);
    }

    [Fact]
    public async Task Upgrade_OlderMigrationMissing_IsAppliedAfterTheNewer()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var context = database.OpenContext())
        {
            await context.Database.ExecuteSqlRawAsync(
                """DROP TABLE "Checkpoints"; DROP TABLE "IterateChunks"; DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%Checkpoints'""", Token);
        }

        await database.RestartAsync();

        await using var after = database.OpenContext();
        Assert.Empty(await after.Checkpoints.ToListAsync(Token));
        Assert.Equal(after.Database.GetMigrations(), (await after.Database.GetAppliedMigrationsAsync(Token)).Order());
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Upgrade_ManyAtOnce_AppliesEachMigrationOnce(Provider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UpgradeAsync()));

        await using var after = database.OpenContext();
        Assert.Equal(after.Database.GetMigrations(), await after.Database.GetAppliedMigrationsAsync(Token));

        async Task UpgradeAsync()
        {
            await using var context = database.OpenContext();
            await Task.Yield();
            await SchemaUpgrade.RunAsync(context, database.Options, target: null, Token);
        }
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Upgrade_RunsOfEarlierOutcomes_GetThoseOfTheRule(Provider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using (var context = database.OpenContext())
        {
            await SchemaUpgrade.RunAsync(context, database.Options, "20261122000003_Reports", Token);
            await InsertAsFirstVersionAsync(context, Sample.Sweep());

            // First loss 2 in all. Last losses: 1.9 and 1.99 (nothing classified), 21, 21 classified, 1.99 classified, at chance.
            (string Outcome, double Loss, double? Accuracy)[] ends =
                [("Converged", 1.9, null), ("Converged", 1.99, null), ("Converged", 21, null), ("Converged", 21, 0.3), ("Converged", 1.99, 0.3), ("AtChance", 1.9, 0.1)];
            foreach (var (index, end) in ends.Index())
            {
                byte[] losses = [.. BitConverter.GetBytes(2f), .. BitConverter.GetBytes((float)end.Loss)];
                await context.Database.ExecuteSqlAsync(
                    $"""
                    UPDATE "Runs" SET "Status" = 'Finished', "Outcome" = {end.Outcome}, "Iterations" = 2 WHERE "Id" = {index + 1};
                    INSERT INTO "MetricChunks" ("RunId", "FirstIteration", "Count", "Loss", "Accuracy", "Stepsize") VALUES ({index + 1}, 1, 2, {losses}, {losses}, {losses});
                    INSERT INTO "Evaluations" ("RunId", "Iteration", "Epoch", "TrainLoss", "TestAccuracy") VALUES ({index + 1}, 1, 0.5, 0.001, {end.Accuracy});
                    INSERT INTO "Evaluations" ("RunId", "Iteration", "Epoch", "TrainLoss", "TestAccuracy") VALUES ({index + 1}, 2, 1, {end.Loss}, {end.Accuracy});
                    """,
                    Token);
            }
        }

        await database.RestartAsync();

        Assert.Equal(
            [RunOutcome.Finished, RunOutcome.NoProgress, RunOutcome.Exploded, RunOutcome.Exploded, RunOutcome.Finished, RunOutcome.NoProgress],
            (await database.Store.FindAsync(1, Token))!.Runs.Select(r => r.Outcome!.Value));
    }

    /// <summary>What the program of the first migration wrote; this one's has columns that the database does not have yet.</summary>
    private static async Task InsertAsFirstVersionAsync(StepsizeContext context, SweepSpecification sweep)
    {
        var json = SpecificationWriter.ToJson(sweep).ToJsonString();
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Sweeps" ("Name", "Workload", "Specification", "Status", "CreatedAt", "IterationsAtResume")
            VALUES ({sweep.Name}, {sweep.Workload.Id}, {json}, 'Queued', 0, 0)
            """,
            Token);
        foreach (var (ordinal, run) in sweep.Expand().Index())
        {
            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Runs" ("SweepId", "Ordinal", "Row", "AxisValue", "Seed", "ConfigurationHash", "Status", "Iterations", "IterationsPlanned", "Seconds")
                VALUES (1, {ordinal}, 0, {run.AxisValue}, {run.Seed}, {run.Hash}, 'Queued', 0, 1000, 0)
                """,
                Token);
        }
    }

    /// <summary>Tables with columns, and indexes, without the order and layout of the text that made them.</summary>
    private static async Task<string[]> StructureAsync(StepsizeContext context)
    {
        var columns = await context.Database.SqlQueryRaw<string>(
            """
            SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS "Value"
            FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\' AND m.name NOT LIKE 'sqlite%'
            UNION ALL SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            UNION ALL SELECT m.name || '.' || f."from" || ' -> ' || f."table" || ' ' || f.on_delete
            FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
            """).ToArrayAsync(Token);
        return [.. columns.Order(StringComparer.Ordinal)];
    }
}
