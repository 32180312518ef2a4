using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class OptimizersTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    private ILocator Picture => Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Contours") });

    private ILocator Slider(string optimizer) => Page.GetByRole(AriaRole.Slider, new() { NameRegex = new Regex($" of {Regex.Escape(optimizer)}, logarithmic$") });

    [Fact]
    public async Task Slider_MovedByKeyboard_ChangesPictureWordsAndAddress()
    {
        await Page.GotoAsync("/");
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Optimizers" }).ClickAsync();
        var outcome = Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status).First;
        await Expect(outcome).ToContainTextAsync("(−2.382563, −0.158591)");
        var before = await PathAsync();

        await Expect(Slider("AdaGrad-Coordinate")).ToBeEnabledAsync();
        await Slider("AdaGrad-Coordinate").FocusAsync();
        for (var i = 0; i < 5; i++)
        {
            await Page.Keyboard.PressAsync("ArrowRight");
        }

        await Expect(Page.GetByLabel("learning rate", new() { Exact = true })).ToHaveValueAsync("0.501");
        await Expect(outcome).Not.ToContainTextAsync("−2.382563");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("track=adagrad-coordinate~lr~0.501~epsilon_inside~true"));
        var after = await PathAsync();
        Assert.NotEqual(before, after);

        await Page.ReloadAsync();
        await Expect(Page.GetByLabel("learning rate", new() { Exact = true })).ToHaveValueAsync("0.501");
        Assert.Equal(after, await PathAsync());
    }

    [Fact]
    public async Task Compare_SecondOptimizerThatDiverges_IsDrawnAndSaidToDiverge()
    {
        await Page.GotoAsync("/optimizers");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Compare with another optimizer" }).ClickAsync();
        await Expect(Slider("SGD constant")).ToBeVisibleAsync();
        await Slider("SGD constant").FillAsync("-1");

        await Expect(Page.GetByRole(AriaRole.Group, new() { Name = "SGD constant" }).First.GetByRole(AriaRole.Status)).ToContainTextAsync("Diverges: it leaves the picture at step 1");
        await Expect(Picture.Locator(".track")).ToHaveCountAsync(2);
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Table of iterates" }).CheckAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Iterates" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(1 + 21 + 21);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove AdaGrad-Coordinate" }).ClickAsync();
        await Expect(Picture.Locator(".track")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Formulas_OfEveryOptimizer_AreDrawnAsMathMl()
    {
        await Page.GotoAsync("/optimizers#adagrad-norm");
        var update = Page.GetByRole(AriaRole.Group, new() { Name = "Update of AdaGrad-Norm", Exact = true });
        await Expect(update.GetByRole(AriaRole.Math)).ToHaveCountAsync(2);
        await Expect(update).ToBeInViewportAsync();

        var equations = await Page.Locator("tex-formula").CountAsync();
        Assert.True(equations > 50, $"There are {equations} equations.");
        await Expect(Page.GetByRole(AriaRole.Math)).ToHaveCountAsync(equations);
    }

    private async Task<string> PathAsync() => await Picture.Locator("polyline").First.GetAttributeAsync("points") ?? "";
}
