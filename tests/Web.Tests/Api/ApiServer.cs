using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Hosting;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>The whole dashboard on a port of this machine, over a database in a folder, with a small sweep that was launched and trained through the API.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    /// <summary>Three optimizers' rows, of which one diverges; two seeds; every iterate kept.</summary>
    public const string Specification =
        """
        { "name": "=Bowl, \"small\"", "workload": "quadratic-2d", "record": "iterates", "iterations": 400, "evaluateAtIterations": [100],
          "optimizers": [ { "id": "sgd-constant", "values": [0.4, 2, 10] }, { "id": "adagrad-norm", "values": [0.4, 2] } ], "seeds": [0, 1] }
        """;

    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The sweep.</summary>
    public long Sweep { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var settings = new ProgramSettings { Urls = "http://127.0.0.1:0", Database = _folder.File("api.db"), DataFolder = Directory.CreateDirectory(_folder.File("data")).FullName, Threads = 1 };
        _app = DashboardHost.Build(settings, DatabaseOptions.Parse(settings.Database), ["--applicationName=stepsize"]);
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        Sweep = await LaunchAsync(Specification);
        await WaitAsync(Sweep, SweepStatus.Completed);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<long> LaunchAsync(string specification)
    {
        using var response = await PostAsync("/api/sweeps", specification);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var id = json.RootElement.GetProperty("sweep").GetProperty("id").GetInt64();
        Assert.Equal($"/api/sweeps/{id}", response.Headers.Location?.ToString());
        return id;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, string type = "application/json") =>
        Client.PostAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(type)));

    public async Task WaitAsync(long sweep, SweepStatus status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await Get<IRunReader>().FindSweepAsync(sweep, patience.Token))!.Summary.Status != status)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public async Task<string> TextAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}");
        return text;
    }

    public async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await TextAsync(path)).RootElement;

    public async Task<JsonElement[]> LinesAsync(string path) =>
        [.. (await TextAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Fields by column; the file holds no quoted ones.</summary>
    public async Task<Dictionary<string, string>[]> CsvAsync(string path)
    {
        var lines = (await TextAsync(path)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain(lines, l => l.Contains('"', StringComparison.Ordinal));
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => names.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))];
    }

    /// <summary>Asks, expects this status and a problem, and gives it.</summary>
    public async Task<JsonElement> ProblemAsync(HttpRequestMessage request, HttpStatusCode expected)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"{request.RequestUri}: {response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    public Task<JsonElement> ProblemAsync(string path, HttpStatusCode expected) => ProblemAsync(new HttpRequestMessage(HttpMethod.Get, path), expected);
}

/// <summary>Tests that share one server, and change nothing that another reads.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiServer>
{
    public const string Name = "HTTP API";
}
