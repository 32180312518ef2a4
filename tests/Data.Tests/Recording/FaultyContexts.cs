using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Stepsize.Data.Database;

namespace Stepsize.Data.Tests.Recording;

/// <summary>Contexts over a database with a small disk, or one whose commits do not always say whether they were made.</summary>
internal sealed class FaultyContexts(DatabaseOptions options) : IDbContextFactory<StepsizeContext>
{
    private const int InputOutputError = 10;
    private long _mostPages = int.MaxValue;
    private int _failures;

    /// <summary>Pages that the database may have: what a full disk looks like to SQLite.</summary>
    public long MostPages
    {
        set => Volatile.Write(ref _mostPages, value);
    }

    /// <summary>So many of the next commits report an error: each second of them before, the others after it was made.</summary>
    public int FailingCommits
    {
        get => Volatile.Read(ref _failures);
        set => Volatile.Write(ref _failures, value);
    }

    public StepsizeContext CreateDbContext()
    {
        var builder = new DbContextOptionsBuilder<StepsizeContext>();
        DataServices.Configure(builder, options);
        builder.AddInterceptors(new Disk(this), new Commits(this));
        return new StepsizeContext(builder.Options);
    }

    private sealed class Disk(FaultyContexts contexts) : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count = {Volatile.Read(ref contexts._mostPages)}";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed class Commits(FaultyContexts contexts) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            Fail(even: true);
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Fail(even: false);
            return Task.CompletedTask;
        }

        private void Fail(bool even)
        {
            if (contexts.FailingCommits is > 0 and var left && left % 2 == (even ? 0 : 1))
            {
                contexts.FailingCommits = left - 1;
                throw new SqliteException("disk I/O error", InputOutputError);
            }
        }
    }
}
