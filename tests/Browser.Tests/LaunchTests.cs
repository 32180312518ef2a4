using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class LaunchTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Fact]
    public async Task Form_SmallSweepOnMnist_FillsItsHeatmapAndLeadsToACurve()
    {
        await Page.GotoAsync("/");
        await Page.GetByRole(AriaRole.Link, new() { Name = "New sweep" }).ClickAsync();
        var form = Page.GetByRole(AriaRole.Form, new() { Name = "Your own sweep" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("From the form");
        await form.GetByLabel("Workload", new() { Exact = true }).SelectOptionAsync("MNIST, logistic regression");
        await form.GetByText("Workload options").ClickAsync();
        await form.GetByLabel("trainLimit").FillAsync("2000");
        await form.GetByRole(AriaRole.Button, new() { Name = "Remove SGD constant" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "Remove SGD constant" })).ToBeHiddenAsync();
        await form.GetByLabel("b₀ from").FillAsync("0.1");
        await form.GetByLabel("to", new() { Exact = true }).FillAsync("10");
        await form.GetByLabel("values", new() { Exact = true }).FillAsync("3");
        await form.GetByLabel("Length", new() { Exact = true }).FillAsync("2");
        await form.GetByLabel("Evaluate after epochs").FillAsync("1");
        await Expect(Page.GetByRole(AriaRole.Complementary, new() { Name = "Summary" })).ToContainTextAsync("3 runs");
        await form.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "From the form" })).ToBeVisibleAsync();
        var cell = Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@"AdaGrad-Norm, b₀ = 1\s+test accuracy \d\d\.\d %") });
        await Expect(cell).ToBeVisibleAsync();
        await Expect(Page.GetByText("3 of 3 runs")).ToBeVisibleAsync();
        await cell.ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "AdaGrad-Norm, b₀ = 1" })).ToBeVisibleAsync();
        var loss = Page.GetByRole(AriaRole.Region, new() { Name = "Mini-batch loss" });
        await Expect(loss).ToContainTextAsync("iterations 1 to 14 of 14, every one");
        await Expect(loss.Locator("canvas")).ToBeVisibleAsync();
        await loss.GetByText("Numbers of this chart").ClickAsync();
        var first = await loss.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Cell).Nth(1).InnerTextAsync();
        Assert.InRange(double.Parse(first, System.Globalization.CultureInfo.InvariantCulture), 2.0, 3.0);
    }

    [Fact]
    public async Task Link_FollowedBeforeThePageIsConnected_LoadsItsPageWhole()
    {
        var answer = await HoldConnectionAsync();
        await Page.GotoAsync("/");
        await Page.EvaluateAsync("document.firstDocument = true");
        await Page.GetByRole(AriaRole.Link, new() { Name = "New sweep" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "New sweep" })).ToBeVisibleAsync();
        Assert.False(await Page.EvaluateAsync<bool>("document.firstDocument === true"));
        AllowComplaints = true;
        answer.SetResult();
    }

    [Fact]
    public async Task Back_BeforeThePageIsConnected_ShowsThePageOfItsAddress()
    {
        await Page.GotoAsync("/datasets");
        await Expect(Page.GetByLabel("Add a table")).ToBeEnabledAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Papers", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Published, and ours" })).ToBeVisibleAsync();
        var answer = await HoldConnectionAsync();
        await Page.ReloadAsync();
        await Page.EvaluateAsync("history.back()");

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Datasets", Exact = true })).ToBeVisibleAsync();
        AllowComplaints = true;
        answer.SetResult();
    }

    /// <summary>Keeps pages from connecting.</summary>
    /// <returns>Complete it to let connections fail, at the end of the test.</returns>
    private async Task<TaskCompletionSource> HoldConnectionAsync()
    {
        var answer = new TaskCompletionSource();
        await Page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await answer.Task;
            await route.AbortAsync();
        });
        return answer;
    }

    [Fact]
    public async Task Form_ThingsThatAreWrong_AreSaidAtTheirFields()
    {
        await Page.GotoAsync("/sweeps/new");
        var form = Page.GetByRole(AriaRole.Form, new() { Name = "Your own sweep" });
        await form.GetByLabel("b₀ from").First.FillAsync("0");
        await form.GetByLabel("Seeds").FillAsync("0, x");

        await Expect(form.GetByText("\"0\" is not allowed; give a finite number greater than 0.").First).ToBeVisibleAsync();
        await Expect(form.GetByLabel("Seeds")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" })).ToBeDisabledAsync();
        await Expect(Page.GetByRole(AriaRole.Complementary, new() { Name = "Summary" })).ToContainTextAsync("2 things to correct");
    }

    [Fact]
    public async Task Json_Pasted_FillsTheForm()
    {
        await Page.GotoAsync("/sweeps/new");
        await Page.GetByLabel("Specification as JSON").FillAsync(Sweeps.Medium);

        await Expect(Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Medium");
        await Expect(Page.GetByLabel("Length", new() { Exact = true })).ToHaveValueAsync("12");
    }

    [Fact]
    public async Task Cancel_RunningSweep_AsksAndStops()
    {
        await LaunchAsync(Sweeps.Long);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel sweep" }).ClickAsync();
        var question = Page.GetByRole(AriaRole.Alertdialog, new() { Name = "Stop this sweep for good?" });
        await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Keep training" })).ToBeFocusedAsync();
        await EscapeAsync(question);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel sweep" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Stop the sweep" }).ClickAsync();

        await Expect(Page.GetByText("cancelled", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Cancel sweep" })).ToBeHiddenAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Sweeps", Exact = true }).First.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Long" }).GetByText("cancelled").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Start_ClickedTwice_LaunchesOnce()
    {
        await Page.GotoAsync("/sweeps/new");
        await Page.GetByLabel("Specification as JSON").FillAsync(Sweeps.Bowl.Replace("\"Bowl\"", "\"Clicked twice\"", StringComparison.Ordinal));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).DblClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Clicked twice" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();

        await Page.GotoAsync("/");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Clicked twice", Exact = true })).ToHaveCountAsync(1);
    }
}
