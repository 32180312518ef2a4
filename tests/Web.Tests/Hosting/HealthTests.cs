using System.Net;
using Microsoft.Data.Sqlite;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Hosting;

/// <summary>The program says whether it lives, and whether it can serve, and what is away is named.</summary>
public class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_AllWell_IsHealthy()
    {
        await using var dashboard = await HostedDashboard.StartAsync();
        foreach (var path in new[] { "/health", "/health/live", "/health/ready" })
        {
            using var answer = await dashboard.GetAsync(path);

            Assert.Equal((HttpStatusCode.OK, "Healthy"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
        }
    }

    [Fact]
    public async Task Health_DatabaseLockedByAnother_LivesAndIsNotReady()
    {
        await using var dashboard = await HostedDashboard.StartAsync();
        await using var holder = new SqliteConnection($"Data Source={dashboard.Database};Pooling=False");
        await holder.OpenAsync(Token);
        await ExecuteAsync(holder, "BEGIN IMMEDIATE;");
        using var live = await dashboard.GetAsync("/health/live");
        using var locked = await dashboard.GetAsync("/health/ready");
        await ExecuteAsync(holder, "ROLLBACK;");
        using var ready = await dashboard.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, locked.StatusCode);
        Assert.Contains("stayed locked by another program", await locked.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task Database_MovedAway_IsSaidBy503OnEveryPath()
    {
        await using var dashboard = await HostedDashboard.StartAsync();
        SqliteConnection.ClearAllPools();
        File.Move(dashboard.Database, dashboard.Database + ".away");

        foreach (var (path, expected) in new[]
                 {
                     ("/health/ready", "is not there any more"), ("/", "The database cannot be used now"), ("/sweeps/1", "The database cannot be used now"),
                     ("/api/sweeps", "The database cannot be used now"), ("/exports/sweeps/1/heatmap.svg", "The database cannot be used now"),
                 })
        {
            using var answer = await dashboard.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync(Token);

            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode}");
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        using var live = await dashboard.GetAsync("/health/live");
        SqliteConnection.ClearAllPools();
        File.Move(dashboard.Database + ".away", dashboard.Database, overwrite: true);
        using var back = await dashboard.GetAsync("/health/ready");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (live.StatusCode, back.StatusCode));
    }

    [Fact]
    public async Task Serve_WhileItMustWaitForTheDatabase_ListensAndSaysThatItStarts()
    {
        using var folder = new TemporaryFolder();
        await using var holder = new SqliteConnection($"Data Source={folder.File("s.db")};Pooling=False");
        await holder.OpenAsync(Token);
        await ExecuteAsync(holder, "BEGIN EXCLUSIVE;");
        using var process = StepsizeProcess.Start(folder, "serve", "--urls", "http://127.0.0.1:0", "--db", "s.db");
        await process.WaitForAsync("Listening at ");
        using var client = new HttpClient { BaseAddress = new Uri(process.Output.Split(' ', ',').First(w => w.StartsWith("http://", StringComparison.Ordinal))) };

        using var page = await client.GetAsync("/sweeps/1", Token);
        using var api = await client.GetAsync("/api/sweeps", Token);
        using var live = await client.GetAsync("/health/live", Token);
        using var ready = await client.GetAsync("/health/ready", Token);
        await ExecuteAsync(holder, "ROLLBACK;");
        await process.WaitForAsync("Stepsize Dashboard: ");
        using var after = await client.GetAsync("/", Token);
        var ended = await process.InterruptAsync();

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK),
            (page.StatusCode, api.StatusCode, live.StatusCode, ready.StatusCode, after.StatusCode));
        Assert.Contains("The dashboard is starting", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("The dashboard is starting", await api.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("The dashboard is starting", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
