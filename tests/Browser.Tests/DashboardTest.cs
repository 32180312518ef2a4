using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

/// <summary>A test in a browser of its own profile. What the browser complains about fails it.</summary>
public abstract class DashboardTest(DashboardFixture dashboard) : IAsyncLifetime
{
    /// <summary>Machines that build are slow and busy, training included.</summary>
    private const float PatienceMilliseconds = 60_000;

    private readonly List<string> _complaints = [];
    private IBrowserContext _context = null!;

    protected IPage Page { get; private set; } = null!;

    protected DashboardFixture Dashboard => dashboard;

    /// <summary>Things the browser may say in this test, such as that a server it lost does not answer.</summary>
    protected bool AllowComplaints { get; set; }

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _context = await dashboard.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = dashboard.Server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            ColorScheme = ColorScheme.Light,
        });
        _context.SetDefaultTimeout(PatienceMilliseconds);
        Page = await _context.NewPageAsync();
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
        Page.PageError += (_, error) => _complaints.Add(error);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        if (!AllowComplaints)
        {
            Assert.Empty(_complaints);
        }

        GC.SuppressFinalize(this);
    }

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>Presses Escape as a person does who sees that a dialog is still there: one that has only just opened may not listen yet.</summary>
    protected async Task EscapeAsync(ILocator dialog)
    {
        for (var press = 0; press < 40 && await dialog.IsVisibleAsync(); press++)
        {
            await Page.Keyboard.PressAsync("Escape");
            await Page.WaitForTimeoutAsync(250);
        }

        await Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>Puts a specification into the form as JSON and starts it; ends on the sweep's page.</summary>
    protected async Task LaunchAsync(string json)
    {
        await Page.GotoAsync("/sweeps/new");
        await Page.GetByLabel("Specification as JSON").FillAsync(json);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Heatmap" })).ToBeVisibleAsync();
    }
}
