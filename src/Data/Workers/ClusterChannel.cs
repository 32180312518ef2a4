using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Stepsize.Data.Database;

namespace Stepsize.Data.Workers;

/// <summary>
/// The channel of PostgreSQL (LISTEN, NOTIFY) on which the programs of one database hear of each other. Nothing depends on a notice that is lost: whoever listens
/// asks from time to time as well.
/// </summary>
public sealed class ClusterChannel
{
    internal const string Name = "stepsize";

    /// <summary>PostgreSQL takes payloads of less than 8,000 bytes.</summary>
    private const int SweepsPerNotice = 300;

    private const string Trained = "trained ";

    private readonly IDbContextFactory<StepsizeContext> _contexts;
    private readonly DatabaseOptions _options;

    internal ClusterChannel(IDbContextFactory<StepsizeContext> contexts, DatabaseOptions options)
    {
        _contexts = contexts;
        _options = options;
    }

    /// <summary>Tells all programs, this one too, that something was stored of these sweeps.</summary>
    public async Task TellAsync(IReadOnlyCollection<long> sweeps, CancellationToken cancellation)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        foreach (var some in sweeps.Chunk(SweepsPerNotice))
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_notify({Name}, {Trained + string.Join(',', some)})", cancellation);
        }
    }

    /// <summary>Listens until it is cancelled or the connection breaks.</summary>
    /// <param name="heard">Gets the sweeps of a notice, and whether somebody changed them rather than trained.</param>
    /// <exception cref="DbException">The connection broke.</exception>
    public async Task ListenAsync(Action<IReadOnlyList<long>, bool> heard, CancellationToken cancellation)
    {
        // Kept alive, so that a connection that was cut without a word is noticed.
        var listening = new NpgsqlConnectionStringBuilder(_options.PostgreSqlConnection) { Pooling = false, KeepAlive = 10 };
        await using var connection = new NpgsqlConnection(listening.ToString());
        connection.Notification += (_, notice) => Read(notice.Payload, heard);
        await connection.OpenAsync(cancellation);
        await using (var command = new NpgsqlCommand($"LISTEN {Name}", connection))
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }

        while (true)
        {
            await connection.WaitAsync(cancellation);
        }
    }

    private static void Read(string payload, Action<IReadOnlyList<long>, bool> heard)
    {
        var isChange = payload.StartsWith(SweepCohorts.Changed, StringComparison.Ordinal);
        if (isChange || payload.StartsWith(Trained, StringComparison.Ordinal))
        {
            var numbers = payload[(isChange ? SweepCohorts.Changed : Trained).Length..].Split(',');
            heard([.. numbers.Select(n => long.TryParse(n, out var id) ? id : 0).Where(id => id > 0)], isChange);
        }
    }
}
