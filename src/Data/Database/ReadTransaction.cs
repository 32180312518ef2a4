using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Stepsize.Data.Database;

/// <summary>Transactions that only read: several queries see one state of the database, and no writer waits for them.</summary>
internal static class ReadTransaction
{
    /// <remarks>
    /// SQLite's driver takes ReadUncommitted as the wish for a transaction that takes no write lock when it begins. What it reads is still one committed
    /// state: nothing uncommitted is visible between connections that do not share a cache.
    /// </remarks>
    public static Task<IDbContextTransaction> BeginReadAsync(this DatabaseFacade database, CancellationToken cancellation) =>
        database.BeginTransactionAsync(database.IsSqlite() ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead, cancellation);
}
