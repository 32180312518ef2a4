using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class ControlTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Fact]
    public async Task Sweep_KilledDeletedRunAgainExtendedAndBinned_ByHand()
    {
        await LaunchAsync(Sweeps.Long.Replace("\"Long\"", "\"Controlled\"", StringComparison.Ordinal));
        await Button("Pause").ClickAsync();
        await Expect(Page.GetByText("paused", new() { Exact = true })).ToBeVisibleAsync();
        var runs = Page.GetByRole(AriaRole.Region, new() { Name = "Runs" });
        await runs.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("^Run ") }).First.CheckAsync();
        await Button("Stop").ClickAsync();
        await Expect(runs.GetByText("cut short")).ToHaveCountAsync(1);
        await runs.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("^Run ") }).Nth(1).CheckAsync();
        await runs.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Page.GetByText("of 2 runs")).ToBeVisibleAsync();

        await Button("Run what is missing 2").ClickAsync();
        var preview = Page.GetByRole(AriaRole.Dialog, new() { Name = "Run what is missing" });
        await Expect(preview.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Expect(preview).ToContainTextAsync("deleted");
        await EscapeAsync(preview);
        await Button("Run what is missing 2").ClickAsync();
        await Button("Run 2 runs").ClickAsync();
        await Expect(Page.GetByText("2 runs queued.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("of 3 runs")).ToBeVisibleAsync();
        await Expect(Button("Pause")).ToBeVisibleAsync();

        await Button("Extend").ClickAsync();
        await Page.GetByLabel("Values of b₀ to add").FillAsync("100");
        await Expect(Page.GetByText("4 cells: 3 exist, 1 new.")).ToBeVisibleAsync();
        await Button("Add 1 run").ClickAsync();
        await Expect(Page.GetByText("of 4 runs")).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Group, new() { Name = "Control of this sweep" }).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Page.GetByText("This sweep is in the bin")).ToBeVisibleAsync();
        await Button("Undo: restore the sweep").ClickAsync();
        await Expect(Page.GetByText("of 4 runs")).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Link, new() { Name = "Jobs" }).ClickAsync();
        await Button("Pause Controlled").ClickAsync();
        await Expect(Button("Resume Controlled")).ToBeVisibleAsync();
        await Button("Cancel sweep Controlled").ClickAsync();
        await Button("Stop the sweep").ClickAsync();
        await Expect(Button("Resume Controlled")).ToHaveCountAsync(0);
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
