using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Stepsize.Data.Database;

/// <summary>
/// What each SQLite connection is told when it opens. With a write-ahead log, <c>synchronous = NORMAL</c> keeps the file consistent at a power cut and may
/// lose the last commits only: a run then goes on from an earlier checkpoint, which was committed together with the iterations before it.
/// SQLite's own busy handler waits in steps of at most 100 ms, where the driver's polls every 150 ms and lets a busy writer starve the others.
/// </summary>
internal sealed class SqlitePragmas(TimeSpan busyTimeout) : DbConnectionInterceptor
{
    private readonly string _text = string.Create(
        CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)busyTimeout.TotalMilliseconds}; PRAGMA synchronous = NORMAL;");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _text;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _text;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
