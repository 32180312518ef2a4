using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class ServeTests
{
    [Fact]
    public async Task Serve_Started_IsWellGuardsItsPagesAndStopsWhenAsked()
    {
        using var folder = new TemporaryFolder();
        var url = $"http://127.0.0.1:{FreePort()}";
        using var process = StepsizeProcess.Start(folder, "serve", "--urls", url, "--db", "s.db");
        await process.WaitForAsync("Stepsize Dashboard: " + url);
        using var client = new HttpClient { BaseAddress = new Uri(url) };

        using var health = await client.GetAsync("/health", TestContext.Current.CancellationToken);
        using var page = await client.GetAsync("/", TestContext.Current.CancellationToken);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        using var refused = await client.SendAsync(elsewhere, TestContext.Current.CancellationToken);
        var asked = await StepsizeProcess.RunAsync(folder, "health", "--urls", url);
        var second = await StepsizeProcess.RunAsync(folder, "serve", "--urls", $"http://127.0.0.1:{FreePort()}", "--db", "s.db");
        var ended = await process.InterruptAsync();

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("default-src 'self'", string.Join(' ', page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(["DENY"], page.Headers.GetValues("X-Frame-Options"));
        Assert.Equal(["nosniff"], page.Headers.GetValues("X-Content-Type-Options"));
        Assert.False(page.Headers.Contains("Server"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(0, asked.ExitCode);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("trains the sweeps of", Assert.Single(second.ErrorLines), StringComparison.Ordinal);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task Serve_PortInUse_IsOneSentenceThatNamesAnotherPort()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var result = await StepsizeProcess.RunAsync(folder, "serve", "--urls", $"http://{taken.LocalEndpoint}");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"http://{taken.LocalEndpoint} is in use", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DatabaseLocked_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        await using var holder = new SqliteConnection($"Data Source={folder.File("s.db")};Pooling=False");
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(holder, "CREATE TABLE held (x INTEGER); BEGIN EXCLUSIVE;");

        var result = await StepsizeProcess.RunAsync(folder, "serve", "--db", "s.db", "--urls", $"http://127.0.0.1:{FreePort()}");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("locked by another program", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DatabaseOfANewerVersion_IsRefusedInOneSentence()
    {
        using var folder = new TemporaryFolder();
        await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--db", "s.db");
        await using (var future = new SqliteConnection($"Data Source={folder.File("s.db")};Pooling=False"))
        {
            await future.OpenAsync(TestContext.Current.CancellationToken);
            await ExecuteAsync(future, "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Future', '99.0.0')");
        }

        var result = await StepsizeProcess.RunAsync(folder, "serve", "--db", "s.db", "--urls", $"http://127.0.0.1:{FreePort()}");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("newer", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_NobodyThere_Fails()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "health", "--urls", $"http://127.0.0.1:{FreePort()}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("does not answer", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
