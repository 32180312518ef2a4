using Microsoft.Playwright;
using Stepsize.Browser.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(DashboardFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Stepsize.Browser.Tests;

/// <summary>One server with an empty database in a temporary folder, and one browser, for all tests; both end with them.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-browser-").FullName;
    private IPlaywright? _playwright;

    internal ServerProcess Server { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.StartAsync(Path.Combine(_folder, "stepsize.db"), "http://127.0.0.1:0");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = BrowserProgram.Find(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
