using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class PapersTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Fact]
    public async Task Launch_WhatIsMissingOfATable_TrainsItAndSaysThatItAgrees()
    {
        await Page.GotoAsync("/papers?paper=d2l2019");
        var table = Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex("^Adagrad on f") });
        await table.GetByRole(AriaRole.Link, new() { Name = "Launch what is missing" }).ClickAsync();
        var plan = table.GetByRole(AriaRole.Region, new() { Name = "What would be launched" });
        await plan.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"^Launch \d+ runs?$") }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Heatmap" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("2 of 2 runs")).ToBeVisibleAsync();

        await Page.GotoAsync("/papers?paper=d2l2019");
        await Expect(table).ToContainTextAsync("agrees");
        await Expect(table.GetByRole(AriaRole.Link, new() { Name = "Launch what is missing" })).ToBeHiddenAsync();
    }
}
