using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Stepsize.Data.Migrations;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Database;

/// <summary>
/// Applies the migrations a database lacks, all in one transaction that also holds the lock: an interrupted upgrade leaves the database as it was, and
/// two programs that start together do not upgrade twice. (<c>Database.Migrate</c> locks with a row of its own table, which a killed process leaves
/// behind, and the next start then waits for ever.)
/// </summary>
internal static class SchemaUpgrade
{
    /// <summary>Any number that only this program's upgrades lock on.</summary>
    private const long PostgreSqlLock = 0x5745_5053_495A_45;

    /// <param name="target">Id of the last migration to apply; null for all.</param>
    /// <exception cref="InvalidInputException">A newer version of the program, or another program, made the database.</exception>
    public static async Task RunAsync(StepsizeContext context, DatabaseOptions options, string? target, CancellationToken cancellation)
    {
        await context.Database.OpenConnectionAsync(cancellation);
        try
        {
            if (!await IsBehindAsync(context, options, target, cancellation))
            {
                return;
            }

            if (options.IsSqlite)
            {
                // Rebuilding a table drops it, which with foreign keys enforced would delete the rows that refer to it.
                await ExecuteAsync(context, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF;", cancellation);
            }

            await ApplyAsync(context, options, target, cancellation);
            if (options.IsSqlite)
            {
                await ExecuteAsync(context, "PRAGMA foreign_keys = ON;", cancellation);
            }
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    private static async Task ApplyAsync(StepsizeContext context, DatabaseOptions options, string? target, CancellationToken cancellation)
    {
        // Serializable is BEGIN IMMEDIATE on SQLite: the lock is taken now, not at the first write.
        await using var transaction = await context.Database.BeginTransactionAsync(
            options.IsSqlite ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted, cancellation);
        if (!options.IsSqlite)
        {
            await ExecuteAsync(context, $"SELECT pg_advisory_xact_lock({PostgreSqlLock})", cancellation);
        }

        if (await IsBehindAsync(context, options, target, cancellation))
        {
            // One by one, for the one that is missing may be older than another that is there.
            var known = context.Database.GetMigrations().ToList();
            foreach (var missing in known.Take(target is null ? known.Count : known.IndexOf(target) + 1).Except(await AppliedAsync(context, options, cancellation)).ToList())
            {
                var before = known.IndexOf(missing) is > 0 and var index ? known[index - 1] : Migration.InitialDatabase;
                await ExecuteAsync(
                    context,
                    context.GetService<IMigrator>().GenerateScript(before, missing, MigrationsSqlGenerationOptions.NoTransactions),
                    cancellation);
                if (missing == OutcomesMigration.Id)
                {
                    await OutcomeUpgrade.RunAsync(context, cancellation);
                }
            }
        }

        await transaction.CommitAsync(cancellation);
    }

    private static async Task<bool> IsBehindAsync(StepsizeContext context, DatabaseOptions options, string? target, CancellationToken cancellation)
    {
        var known = context.Database.GetMigrations().ToArray();
        var applied = await AppliedAsync(context, options, cancellation);
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new InvalidInputException(
                "", $"The database {options.DisplayName} was made by a newer version of this program (it has {unknown}); start that version, or name another database.");
        }

        if (applied.Length == 0 && options.IsSqlite && await HasTablesAsync(context, cancellation))
        {
            throw new InvalidInputException("", $"The database {options.DisplayName} belongs to another program; name another database file.");
        }

        return applied.Length < (target is null ? known.Length : Array.IndexOf(known, target) + 1);
    }

    private static async Task<string[]> AppliedAsync(StepsizeContext context, DatabaseOptions options, CancellationToken cancellation)
    {
        // The provider for PostgreSQL reads the table to find out whether it is there, and if not the failure ends the transaction.
        var tables = await CountAsync(
            context,
            options.IsSqlite
                ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'"
                : "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '__EFMigrationsHistory'",
            cancellation);
        return tables == 0 ? [] : [.. await context.Database.GetAppliedMigrationsAsync(cancellation)];
    }

    private static async Task<bool> HasTablesAsync(StepsizeContext context, CancellationToken cancellation) =>
        await CountAsync(
            context,
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__EFMigrationsHistory'",
            cancellation) > 0;

    private static async Task<long> CountAsync(StepsizeContext context, string sql, CancellationToken cancellation)
    {
        await using var command = Command(context, sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task ExecuteAsync(StepsizeContext context, string sql, CancellationToken cancellation)
    {
        await using var command = Command(context, sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static DbCommand Command(StepsizeContext context, string sql)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }
}
