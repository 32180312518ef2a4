using Stepsize.Training.Analysis;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Training.Execution;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public sealed class StepsizeCellTests
{
    private static readonly IterationWindow Window = new(101, 104);

    [Fact]
    public void Of_WholeWindow_IsItsMean() =>
        Assert.Equal(new WindowedStepsize(0.25, false), WindowedStepsize.Of(Window, [0.1f, 0.2f, 0.3f, 0.4f], RunOutcome.Finished, null) with { Value = 0.25 });

    [Theory]
    [InlineData(4, RunOutcome.Finished, null, true, false)]
    [InlineData(3, null, null, false, false)]
    [InlineData(0, RunOutcome.CutShort, null, false, false)]
    [InlineData(0, RunOutcome.Diverged, 37, false, true)]
    [InlineData(4, RunOutcome.Diverged, 104, false, true)]
    [InlineData(4, RunOutcome.Diverged, 105, true, false)]
    [InlineData(4, RunOutcome.Exploded, null, true, true)]
    public void Of_RunThatEndsHereOrThere_HasAValueOnlyWhereItWasFiniteThroughout(int values, RunOutcome? outcome, int? firstBad, bool hasValue, bool diverged)
    {
        var stepsize = WindowedStepsize.Of(Window, Enumerable.Repeat(2f, values).ToArray(), outcome, firstBad);
        Assert.Equal((hasValue ? 2 : double.NaN, diverged), (stepsize.Value, stepsize.Diverged));
    }

    [Fact]
    public void Of_NonFiniteStepsize_CountsAsDiverged() =>
        Assert.Equal(new WindowedStepsize(double.NaN, true), WindowedStepsize.Of(Window, [1, float.NaN, 1, 1], null, null));

    [Fact]
    public void Of_SeedsSomeDiverged_CountsThemAndCentresTheOthers()
    {
        WindowedStepsize[] seeds = [new(1, false), new(double.NaN, true), new(4, false), new(10, true), new(double.NaN, false)];
        Assert.Equal(new StepsizeCell(2, 0.5, 5, 1, 10, 3, 2, 1), StepsizeCell.Of(2, 0.5, seeds, SeedCenter.Mean));
        Assert.Equal(4, StepsizeCell.Of(2, 0.5, seeds, SeedCenter.Median).Center);
        Assert.Equal(2.5, StepsizeCell.Of(2, 0.5, seeds[..1].Append(seeds[2]).ToArray(), SeedCenter.Median).Center);
        Assert.Equal((double.NaN, 0, 1), (StepsizeCell.Of(0, 1, seeds[1..2], SeedCenter.Mean) is { } cell ? (cell.Center, cell.Seeds, cell.Diverged) : default));
    }

    [Theory]
    [InlineData("101-200", 101, 200)]
    [InlineData("10", 10, 10)]
    public void Parse_Slug_IsTheWindow(string slug, int first, int last)
    {
        Assert.Equal(new IterationWindow(first, last), IterationWindow.Parse(slug));
        Assert.Equal(slug, new IterationWindow(first, last).Slug);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0-5")]
    [InlineData("5-4")]
    [InlineData("1-2-3")]
    [InlineData("-3")]
    [InlineData("a-b")]
    public void Parse_AnythingElse_IsNothing(string? slug) => Assert.Null(IterationWindow.Parse(slug));
}
