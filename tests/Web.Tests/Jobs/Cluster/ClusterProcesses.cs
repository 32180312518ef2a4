using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Jobs.Cluster;

/// <summary>Dashboards and workers as people start them, each a process, on one PostgreSQL database; and the database as the test itself reads it.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _connection;
    private readonly TimeSpan _lease;
    private readonly List<StepsizeProcess> _processes = [];
    private int _started;

    private ClusterProcesses(string connection, TimeSpan lease)
    {
        _connection = connection;
        _lease = lease;
        Services = new ServiceCollection().AddStepsizeData(DatabaseOptions.PostgreSql(connection)).BuildServiceProvider();
    }

    public ServiceProvider Services { get; }

    public List<HttpClient> Dashboards { get; } = [];

    public ISweepStore Store => Services.GetRequiredService<ISweepStore>();

    public static async Task<ClusterProcesses> StartAsync(string connection, TimeSpan lease, int dashboards, int workers)
    {
        var cluster = new ClusterProcesses(connection, lease);
        await cluster.Services.GetRequiredService<DatabaseSetup>().OpenAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < dashboards; i++)
        {
            await cluster.AddDashboardAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => cluster.AddWorkerAsync()));
        return cluster;
    }

    public async Task<StepsizeProcess> AddWorkerAsync()
    {
        var number = Interlocked.Increment(ref _started);
        var worker = Start("worker", "--db", _connection, "--threads", "1", "--name", $"worker-{number}");
        await worker.WaitForAsync("Stepsize worker:");
        return worker;
    }

    /// <summary>The worker that has this cohort; null where none of this test's has.</summary>
    public async Task<(long Cohort, StepsizeProcess Worker)?> FindTrainingAsync(IReadOnlyList<StepsizeProcess> workers, long sweep)
    {
        foreach (var (cohort, pid) in await HeldAsync(sweep))
        {
            if (workers.SingleOrDefault(w => w.Id == pid) is { } worker)
            {
                return (cohort, worker);
            }
        }

        return null;
    }

    /// <summary>Cohorts of the sweep that somebody has, with his process.</summary>
    public async Task<IReadOnlyList<(long Cohort, int Pid)>> HeldAsync(long sweep)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """SELECT c."Id", w."Pid" FROM "Cohorts" c JOIN "Workers" w ON w."Id" = c."WorkerId" WHERE c."SweepId" = @sweep AND c."Status" = 'Held' ORDER BY c."Id" """, connection);
        command.Parameters.AddWithValue("sweep", sweep);
        await using var reader = await command.ExecuteReaderAsync();
        var held = new List<(long, int)>();
        while (await reader.ReadAsync())
        {
            held.Add((reader.GetInt64(0), reader.GetInt32(1)));
        }

        return held;
    }

    public async Task<long> LaunchAsync(string specification, int dashboard = 0)
    {
        using var response = await Dashboards[dashboard].PostAsync("/api/sweeps", new StringContent(specification, System.Text.Encoding.UTF8, "application/json"));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return answer.GetProperty("sweep").GetProperty("id").GetInt64();
    }

    /// <summary>Asks a dashboard, which has to answer that it was done.</summary>
    public async Task<JsonElement?> AskAsync(int dashboard, HttpMethod method, string path, string? body = null)
    {
        using var response = await SendAsync(dashboard, method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}\n{string.Join('\n', _processes.Where(p => !p.HasExited).Select(p => p.Output + p.Error))}");
        return text.Length == 0 ? null : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asks a dashboard, as JSON, with or without a body.</summary>
    public async Task<HttpResponseMessage> SendAsync(int dashboard, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body ?? "", System.Text.Encoding.UTF8, "application/json") };
        return await Dashboards[dashboard].SendAsync(request);
    }

    public async Task<SweepDetail> WaitAsync(long sweep, Func<SweepDetail, bool> condition, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            var now = (await Store.FindAsync(sweep, TestContext.Current.CancellationToken))!;
            if (condition(now))
            {
                return now;
            }

            if (limit.IsCancellationRequested)
            {
                var runs = string.Join(' ', now.Runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Status}/{r.Outcome}/{r.Iterations}")));
                Assert.Fail($"It did not happen: {now.Summary.Status} {runs} {Report()}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>What the processes wrote, for a test that fails.</summary>
    public string Report() => string.Join('\n', _processes.Select(p => $"{p.Id}{(p.HasExited ? " (ended)" : "")}: {p.Output} {p.Error}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Dashboards)
        {
            client.Dispose();
        }

        foreach (var process in _processes)
        {
            process.Dispose();
        }

        await Services.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AddDashboardAsync()
    {
        var dashboard = Start("serve", "--no-training", "--db", _connection, "--urls", "http://127.0.0.1:0", "--name", $"dashboard-{Dashboards.Count}");
        await dashboard.WaitForAsync("Stepsize Dashboard: ");
        var address = dashboard.Output.Split("Stepsize Dashboard: ")[1].Split(' ')[0];
        Dashboards.Add(new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) });
    }

    private StepsizeProcess Start(params string[] arguments)
    {
        var process = StepsizeProcess.Start(_folder, ("STEPSIZE_LEASE", _lease.TotalSeconds.ToString(CultureInfo.InvariantCulture)), arguments);
        lock (_processes)
        {
            _processes.Add(process);
        }

        return process;
    }
}
