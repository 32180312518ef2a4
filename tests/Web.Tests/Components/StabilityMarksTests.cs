using Stepsize.Training.Datasets;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;
using Stepsize.Web.Components.Sweep;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Theory;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class StabilityMarksTests
{
    /// <summary>L of 0.1 x₁² + 2 x₂² is 4: with η = 1 the line is at b₀ = 2, with η = 10 at 20.</summary>
    private static readonly SweepSpecification Quadratic = SpecificationReader.Parse(
        """
        { "name": "two rows", "workload": "quadratic-2d", "iterations": 20,
          "optimizers": [{ "id": "sgd-constant", "values": [1, 10, 100] }, { "id": "adagrad-norm", "values": [1, 10, 100], "options": { "eta": 10 } }] }
        """);

    [Fact]
    public async Task ReadAsync_Quadratic_KnowsItsLargestCurvature()
    {
        var facts = await new TheoryReader(new DatasetFolders([])).ReadAsync(Quadratic);

        Assert.Equal(4, facts!.Smoothness);
    }

    [Fact]
    public async Task ReadAsync_NetworkOrMissingData_KnowsNothing()
    {
        var reader = new TheoryReader(new DatasetFolders([]));

        Assert.Null(await reader.ReadAsync(Specifications.Small));
        Assert.Null(await reader.ReadAsync(SpecificationReader.Parse(
            """{ "name": "no data", "workload": "airfoil-linear", "optimizers": [{ "id": "sgd-constant", "values": [1] }] }""")));
    }

    [Fact]
    public void Of_RowsWithDifferentEta_HaveTheirOwnLines()
    {
        var view = SweepView.Of(FakeSweep.Of(1, Quadratic, 6), measure: null, moment: null);
        var marks = StabilityMarks.Of(Quadratic, view.Grids[0], new TheoryFacts(4, new Dictionary<string, double>()))!;

        var line = Assert.Single(marks.Lines);
        Assert.Equal([2, 20], line.Values);
        Assert.Equal("η/b₀ = 2/L", line.Label);
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(i => line.IsBefore(0, view.Grids[0].Columns, i)));
        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(i => line.IsBefore(1, view.Grids[0].Columns, i)));
    }

    [Fact]
    public async Task Draw_MiniBatches_HaveALineOfTheirOwn()
    {
        var view = SweepView.Of(FakeSweep.Of(1, Quadratic, 6), measure: null, moment: null);
        var facts = new TheoryFacts(4, new Dictionary<string, double>()) { Batch = new BatchCurvature(20, 50, 40, 38, 44) };
        var marks = StabilityMarks.Of(Quadratic, view.Grids[0], facts)!;

        var map = await Rendering.HtmlAsync<Heatmap>(("View", view), ("Grid", view.Grids[0]), ("Marks", marks));
        var curves = await Rendering.HtmlAsync<RobustnessCurves>(("View", view), ("Grid", view.Grids[0]), ("Marks", marks));
        var note = await Rendering.HtmlAsync<TheoryNote>(("Facts", facts));

        // η is 1 and 10: L/2 of a batch is 20 and 200, the latter beyond the grid.
        Assert.Equal([20, 200], marks.Lines[1].Values);
        Assert.Equal(1, map.Split("class=\"batch\"").Length - 1);
        Assert.Contains(">η/b₀ = 2/L of a batch<", curves, StringComparison.Ordinal);
        Assert.Contains("of the 50 batches of 20 examples", note, StringComparison.Ordinal);
        Assert.Contains("a curvature of 40.0 on average (38.0 to 44.0)", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draw_Marks_AreInHeatmapAndCurves()
    {
        var view = SweepView.Of(FakeSweep.Of(1, Quadratic, 6), measure: null, moment: null);
        var marks = StabilityMarks.Of(Quadratic, view.Grids[0], new TheoryFacts(4, new Dictionary<string, double>()));

        var map = await Rendering.HtmlAsync<Heatmap>(("View", view), ("Grid", view.Grids[0]), ("Marks", marks));
        var curves = await Rendering.HtmlAsync<RobustnessCurves>(("View", view), ("Grid", view.Grids[0]), ("Marks", marks));

        Assert.Equal(2, map.Split("class=\"limit ").Length - 1);
        Assert.Equal(2, curves.Split(">η/b₀ = 2/L<").Length - 1);
    }

    [Fact]
    public async Task Note_TwoLayerNetwork_NamesItsConstants()
    {
        var html = await Rendering.HtmlAsync<TheoryNote>(("Facts", new TheoryFacts(0.5, new Dictionary<string, double> { ["λ₀"] = 0.01 })));

        Assert.Contains("λ₀ = 0.01", html, StringComparison.Ordinal);
        Assert.Contains("a stepsize of", html, StringComparison.Ordinal);
        Assert.Equal(4, StabilityLimit.Stepsize(0.5));
    }
}
