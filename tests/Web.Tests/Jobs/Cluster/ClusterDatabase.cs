using Npgsql;
using Stepsize.Tests.PostgreSql;

namespace Stepsize.Web.Tests.Jobs.Cluster;

/// <summary>Empty databases on the tests' PostgreSQL server. Where there is none, the test is skipped.</summary>
internal static class ClusterDatabase
{
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateAsync()
    {
        var server = await SharedPostgres.ConnectionAsync();
        var name = "stepsize_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 30 }.ToString();
    }

    public static async Task DropAsync(string connection)
    {
        if (connection.Length > 0)
        {
            await ExecuteAsync(await SharedPostgres.ConnectionAsync(), $"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
