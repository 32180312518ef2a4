using Stepsize.Tests.PostgreSql;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Stepsize.Tests.PostgreSql;

/// <summary>
/// The server that the tests of a suite share, each in databases of its own: the one that <c>STEPSIZE_TEST_POSTGRES</c> names, a connection string of a user who
/// may create databases, else one that is started when it is first asked for.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer?>> Server = new(PostgresServer.StartAsync);

    /// <summary>Connection string of the server. Skips the test, and says so, where none can be had.</summary>
    public static async Task<string> ConnectionAsync()
    {
        if (Environment.GetEnvironmentVariable("STEPSIZE_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return given;
        }

        var server = await Server.Value;
        Assert.SkipWhen(server is null, "PostgreSQL is not installed, and STEPSIZE_TEST_POSTGRES names no server.");
        return server.Connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated && await Server.Value is { } server)
        {
            await server.DisposeAsync();
        }
    }
}
