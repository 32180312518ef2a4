using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Stepsize.Tests.PostgreSql;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary folder, on a loopback port that was free: it can be stopped and started again, and is gone with the
/// process of the tests, however that ends. PostgreSQL refuses to run as root, so that there it runs as <c>postgres</c> or <c>nobody</c>.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    // The shell's input ends with the process that started it: then it stops the server, which would outlive it otherwise.
    private const string Watched = "\"$0\" \"$@\" </dev/null & server=$!; read -r _; kill -INT $server; wait $server";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly int _port;
    private Process? _process;

    private PostgresServer(string folder, int port)
    {
        _folder = folder;
        _port = port;
    }

    /// <summary>Of a user who may create databases.</summary>
    public string Connection => $"Host=127.0.0.1;Port={_port};Username=stepsize;Database=postgres";

    /// <returns>Null where PostgreSQL is not installed.</returns>
    public static async Task<PostgresServer?> StartAsync()
    {
        if (PostgresInstallation.Folder is null)
        {
            return null;
        }

        var server = new PostgresServer(Directory.CreateTempSubdirectory("stepsize-postgres-").FullName, FreePort());
        if (User is { } user)
        {
            await RunAsync("chown", user, server._folder);
        }

        await RunAsync(AsUser("initdb", "-D", server.Data, "-U", "stepsize", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the server that was stopped, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(
            "/bin/sh",
            [
                "-c", Watched,
                .. AsUser(
                    "postgres", "-D", Data, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}", "-c", "fsync=off",
                    "-c", "max_connections=400", "-c", "shared_buffers=64MB", "-c", "log_min_messages=fatal"),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var watch = Stopwatch.StartNew(); !await AnswersAsync(); await Task.Delay(50))
        {
            if (_process.HasExited || watch.Elapsed > Patience)
            {
                throw new InvalidOperationException("The PostgreSQL server of the tests did not start.");
            }
        }
    }

    /// <summary>Ends every connection and the server.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "stepsize_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(Connection) { Database = name }.ToString();
    }

    public async Task DropDatabaseAsync(string connection) =>
        await ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private static string? User { get; } = Environment.UserName != "root" ? null : File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string[] AsUser(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(PostgresInstallation.Folder!, program), .. arguments];
        return User is { } user ? ["setpriv", $"--reuid={user}", "--clear-groups", .. command] : command;
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {await output}{await error}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
