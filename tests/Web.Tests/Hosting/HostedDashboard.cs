using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Web.Hosting;
using Stepsize.Web.Tests.Commands;

namespace Stepsize.Web.Tests.Hosting;

/// <summary>The whole dashboard on a port of this machine, over an empty database in a folder, with settings of the test.</summary>
internal sealed class HostedDashboard : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private HostedDashboard(TemporaryFolder folder, WebApplication app, string database)
    {
        (_folder, _app, Database) = (folder, app, database);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)) };
    }

    public HttpClient Client { get; }

    /// <summary>The SQLite file.</summary>
    public string Database { get; }

    public static async Task<HostedDashboard> StartAsync(Func<ProgramSettings, ProgramSettings>? change = null)
    {
        var folder = new TemporaryFolder();
        var settings = new ProgramSettings { Urls = "http://127.0.0.1:0", Database = folder.File("hosted.db"), Threads = 1 };
        settings = change?.Invoke(settings) ?? settings;
        var app = DashboardHost.Build(settings, DatabaseOptions.Parse(settings.Database), ["--applicationName=stepsize"]);
        await app.StartAsync();
        return new HostedDashboard(folder, app, settings.Database);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Asks with these headers, in pairs of name and value.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
