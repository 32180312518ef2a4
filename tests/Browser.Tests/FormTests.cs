using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

/// <summary>What becomes of what somebody fills into the form of a new sweep.</summary>
public sealed class FormTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    private ILocator Form => Page.GetByRole(AriaRole.Form, new() { Name = "Your own sweep" });

    private ILocator Name => Form.GetByLabel("Name", new() { Exact = true });

    private ILocator Summary => Page.GetByRole(AriaRole.Complementary, new() { Name = "Summary" });

    [Fact]
    public async Task Form_LeftAndOpenedAgain_HasWhatWasFilledIn()
    {
        await Page.GotoAsync("/sweeps/new");
        await Name.FillAsync("Half a thought");
        await Form.GetByLabel("Seeds").FillAsync("0-4");
        await Expect(Summary).ToContainTextAsync("× 5 seeds");

        var asked = new TaskCompletionSource<string>();
        Page.Dialog += (_, dialog) =>
        {
            asked.TrySetResult(dialog.Message);
            _ = dialog.AcceptAsync();
        };
        await Page.GetByRole(AriaRole.Link, new() { Name = "Datasets", Exact = true }).ClickAsync();
        Assert.StartsWith("Leave the form?", await asked.Task, StringComparison.Ordinal);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Datasets", Exact = true })).ToBeVisibleAsync();

        await Page.GotoAsync("/sweeps/new");
        await Expect(Page.GetByText("What you had filled in is here again.")).ToBeVisibleAsync();
        await Expect(Name).ToHaveValueAsync("Half a thought");
        await Expect(Form.GetByLabel("Seeds")).ToHaveValueAsync("0, 1, 2, 3, 4");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Begin anew" }).ClickAsync();
        await Expect(Name).Not.ToHaveValueAsync("Half a thought");
        await Page.ReloadAsync();
        await Expect(Name).Not.ToHaveValueAsync("Half a thought");
        await Expect(Page.GetByText("What you had filled in is here again.")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Form_LeavingRefused_StaysWithItsEdits()
    {
        await Page.GotoAsync("/sweeps/new");
        await Name.FillAsync("Half a thought");
        await Expect(Page.GetByLabel("Specification as JSON")).ToHaveValueAsync(new Regex("Half a thought"));
        Page.Dialog += (_, dialog) => _ = dialog.DismissAsync();

        await Page.GetByRole(AriaRole.Link, new() { Name = "Datasets", Exact = true }).ClickAsync();

        await Expect(Name).ToHaveValueAsync("Half a thought");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "New sweep" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Json_FaultInALaterRow_IsSaidWithItsLineAndOptimizerAndAtNoOtherRow()
    {
        await Page.GotoAsync("/sweeps/new");
        await Page.GetByLabel("Specification as JSON").FillAsync(
            """
            { "name": "n", "workload": "quadratic-2d", "iterations": 20,
              "optimizers": [
                { "id": "sgd-constant", "values": [1] },
                { "id": "adagrad-nrom", "values": [1] },
                { "id": "adagrad-norm",
                  "values": [1, -2] } ] }
            """);

        await Expect(Summary).ToContainTextAsync("Line 6: Optimizer 3 (AdaGrad-Norm), values, entry 2: -2 is not allowed; give a finite number greater than 0.");
        await Expect(Summary).ToContainTextAsync("Line 4: Optimizer 2 (adagrad-nrom), name of the optimizer: \"adagrad-nrom\" is unknown; did you mean \"adagrad-norm\"? allowed:");
        await Expect(Form.Locator("fieldset.row .fault")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("Length", "1.000", "give a whole number from 1 to 100000000, written without points, commas or spaces between its digits.")]
    [InlineData("Batch size", "2,000", "written without points, commas or spaces between its digits.")]
    public async Task Form_NumberThatCouldBeTwo_IsNotTakenForEither(string field, string typed, string said)
    {
        await Page.GotoAsync("/sweeps/new");
        await Form.GetByLabel(field, new() { Exact = true }).FillAsync(typed);

        await Expect(Form.Locator(".field .fault")).ToContainTextAsync(said);
        await Expect(Form.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task List_DecimalCommas_AreNotTakenForSeparators()
    {
        await Page.GotoAsync("/sweeps/new");
        await Form.GetByText("list", new() { Exact = true }).First.ClickAsync();
        await Form.GetByRole(AriaRole.Textbox, new() { Name = "values of b₀" }).FillAsync("0,1; 0,5; 1");

        await Expect(Form.Locator("fieldset.row .fault").First).ToContainTextAsync("\"0,1\" is not allowed; give a finite number greater than 0, written with a point: 0.1.");
        await Form.GetByRole(AriaRole.Textbox, new() { Name = "values of b₀" }).FillAsync("0.1; 0.5; 1");
        await Expect(Form.GetByText("3 values: 0.1, 0.5, 1")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Compare_NothingTicked_SaysSoAndStays()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Page.GotoAsync("/");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Compare those ticked" }).ClickAsync();

        await Expect(Page.GetByText("Nothing is ticked: tick the sweeps to compare first.")).ToBeVisibleAsync();
        Assert.EndsWith("/", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_Ticked_OfferTheirCurves()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        var runs = Page.GetByRole(AriaRole.Region, new() { Name = "Runs" });
        await runs.GetByRole(AriaRole.Checkbox).Nth(1).CheckAsync();
        await runs.GetByRole(AriaRole.Checkbox).Nth(2).CheckAsync();
        await runs.GetByRole(AriaRole.Link, new() { Name = "Their curves" }).ClickAsync();

        await Expect(Page.Locator(".curves-readout")).ToContainTextAsync("2 lines, iterations 1 to 40");
    }

    [Fact]
    public async Task Focus_AfterDeleteUndoAndCancel_IsNotLost()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        var runs = Page.GetByRole(AriaRole.Region, new() { Name = "Runs" });
        await runs.GetByRole(AriaRole.Checkbox).Nth(1).CheckAsync();
        await runs.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Page.GetByText("1 run moved to the bin.")).ToBeVisibleAsync();
        await FocusIsKeptAsync();
        await Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Page.GetByText("1 run restored.")).ToBeVisibleAsync();
        await FocusIsKeptAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).First.ClickAsync();
        await Expect(Page.GetByText("This sweep is in the bin")).ToBeVisibleAsync();
        await FocusIsKeptAsync();

        await LaunchAsync(Sweeps.Long);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel sweep" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Stop the sweep" })).ToBeVisibleAsync();
        await EscapeAsync(Page.GetByRole(AriaRole.Alertdialog));
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Cancel sweep" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Stop the sweep" }).ClickAsync();
        await Expect(Page.GetByText("cancelled", new() { Exact = true })).ToBeVisibleAsync();
        await FocusIsKeptAsync();
    }

    [Fact]
    public async Task Print_Curves_AreNoWiderThanThePaper()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Page.GotoAsync($"/curves?sweep={Page.Url.Split('/')[^1]}");
        await Expect(Page.Locator("stepsize-curves[drawn] canvas").First).ToBeVisibleAsync();
        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Page.EvaluateAsync("document.querySelector('main').style.width = '700px'");

        Assert.True(await Page.EvaluateAsync<bool>("[...document.querySelectorAll('stepsize-curves canvas')].every(c => c.getBoundingClientRect().right <= document.querySelector('main').getBoundingClientRect().right + 1)"));
        Assert.InRange(await Page.EvaluateAsync<double>("(() => { const b = document.querySelector('.u-wrap canvas').getBoundingClientRect(); return b.width / b.height; })()"), 1.2, 3.5);
    }

    [Fact]
    public async Task ForcedColors_HeatmapAndSelection_CanStillBeSeen()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });

        var colours = await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-heatmap] td.measured')].map(td => getComputedStyle(td).backgroundColor)");
        Assert.True(colours.Distinct().Count() > 1, string.Join(' ', colours));
        var switches = await Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('nav[aria-label=\"What is shown\"] a')].map(a => (a.hasAttribute('aria-current') ? 'chosen ' : 'other ') + getComputedStyle(a).backgroundColor)");
        var chosen = switches.Where(s => s.StartsWith("chosen", StringComparison.Ordinal)).Select(s => s["chosen ".Length..]).Distinct();
        var others = switches.Where(s => s.StartsWith("other", StringComparison.Ordinal)).Select(s => s["other ".Length..]);
        Assert.Empty(chosen.Intersect(others, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Zoom_TwoHundredPerCent_DoesNotScrollSideways()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        var sweep = new Uri(Page.Url).AbsolutePath;

        // What a window of 1280 × 800 shows at 200%.
        await Page.SetViewportSizeAsync(640, 400);
        foreach (var path in new[] { "/", sweep, "/sweeps/new", "/papers", "/compare", "/optimizers", "/jobs", $"/curves?sweep={sweep.Split('/')[^1]}" })
        {
            await Page.GotoAsync(path);
            await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than the screen.");
        }
    }

    [Fact]
    public async Task ReducedMotion_NothingIsAnimated()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        Assert.Empty(await Page.EvaluateAsync<string[]>("document.getAnimations().filter(a => a.playState === 'running').map(a => a.animationName ?? 'transition')"));
    }

    /// <summary>Nobody has it where the body has.</summary>
    private Task FocusIsKeptAsync() => Expect(Page.Locator("body")).Not.ToBeFocusedAsync();
}
