using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Npgsql;
using Stepsize.Data.Database;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>Hangfire's tables in the PostgreSQL database, in a schema of their own. They hold jobs that wake workers and nothing else: emptied, they fill again.</summary>
internal sealed class Dispatcher(DatabaseOptions database)
{
    /// <summary>Any number that only this locks on: two programs that start together make the tables once.</summary>
    private const long Making = 0x5745_5053_4846_4A;

    private volatile JobStorage? _storage;

    /// <summary>Null until <see cref="OpenAsync"/> has made it.</summary>
    public JobStorage? Storage => _storage;

    /// <summary>Makes what is missing. Calling it again does nothing.</summary>
    /// <exception cref="NpgsqlException">The database cannot be used now.</exception>
    /// <exception cref="InvalidInputException">The tables cannot be made, such as by a user who may not.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (_storage is not null)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(database.PostgreSqlConnection);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({Making})", cancellation);
        try
        {
            _storage = await Task.Run(Make, cancellation);
        }
        catch (Exception e) when (!DatabaseFaults.MayPass(e) && DatabaseFaults.Describe(e, database) is { } sentence)
        {
            throw new InvalidInputException("", sentence);
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({Making})", CancellationToken.None);
        }
    }

    private PostgreSqlStorage Make()
    {
        var options = new PostgreSqlStorageOptions
        {
            PrepareSchemaIfNecessary = true,
            EnableLongPolling = true,
            QueuePollInterval = TimeSpan.FromSeconds(15),

            // Off by default: a job that takes longer than the timeout would be begun again while it runs.
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = TimeSpan.FromSeconds(60),

            // Ten minutes by default: so long a program that was killed while it changed a job's state would keep others from it.
            DistributedLockTimeout = TimeSpan.FromSeconds(30),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(database.PostgreSqlConnection!, options), options);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
