using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Compare;
using Stepsize.Web.Components.Widgets;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Comparison;

public class ComparisonViewTests
{
    private static readonly SweepDetail First = FakeSweep.Of(1, Specifications.Small, finished: 12);

    /// <summary>The same optimizers on fewer images, and one more seed.</summary>
    private static readonly SweepDetail Second = FakeSweep.Of(2, SpecificationReader.Parse(
        """
        { "name": "fewer", "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 30000 },
          "optimizers": [ { "id": "adagrad-norm", "values": [0.01, 1, 100, 1000] }, { "id": "adam", "values": [0.01] } ],
          "seeds": [0, 1, 2], "batchSize": 600, "epochs": 3, "evaluateAtEpochs": [1] }
        """), finished: 15);

    [Fact]
    public void Of_TwoSweeps_SubtractsTheSecondFromTheFirstByConfiguration()
    {
        var view = View("1.2");

        Assert.Equal(new ComparisonSide(1, null), view.Difference!.A);
        Assert.Equal(new ComparisonSide(2, null), view.Difference.B);
        var row = Assert.Single(Assert.Single(view.Difference.Grids).Rows);
        Assert.Equal("AdaGrad-Norm", DifferenceText.Title(view, row.Pair));
        Assert.Equal([0.01, 1, 100, 1000], view.Difference.Grids[0].Columns);
        Assert.Equal(["SGD constant, sweep 1", "Adam, sweep 2"], view.Difference.Pairs.UnmatchedA.Concat(view.Difference.Pairs.UnmatchedB).Select(view.TitleOf));
    }

    [Fact]
    public void Of_TwoSweeps_ShareOneScaleAndNameWhatDiffers()
    {
        var view = View("1.2");

        Assert.Same(view.Heatmaps[0].Scale, view.Heatmaps[1].Scale);
        Assert.Equal(["trainLimit: 60000 | 30000", "seeds: 0, 1 | 0, 1, 2"], view.Fields.Select(f => $"{f.Name}: {string.Join(" | ", f.Values)}"));
    }

    [Fact]
    public void Of_OneSweep_SetsItsOptimizersAgainstItsFirst()
    {
        var view = View("1");

        Assert.Equal(new ComparisonSide(1, 0), view.Difference!.B);
        Assert.Equal("AdaGrad-Norm − SGD constant", DifferenceText.Title(view, Assert.Single(view.Difference.Pairs.Pairs)));
    }

    [Fact]
    public void Of_RowsChosen_ShowsThemAloneAndAllOfTheOtherSweep()
    {
        var view = View("1.2", "1-1");

        Assert.Equal(["AdaGrad-Norm, sweep 1", "AdaGrad-Norm, sweep 2", "Adam, sweep 2"], view.Tracks.Select(view.TitleOf));
        Assert.Equal([1], view.Heatmaps[0].Grids.SelectMany(g => g.Rows).Select(r => r.Row));
        Assert.Equal("compare?sweeps=1.2&rows=1-1", view.Address.ToString());
        Assert.Equal(3, view.Budgets.Count);
    }

    [Fact]
    public void Of_SweepsWithoutACommonEpoch_OffersTheEnd()
    {
        var other = FakeSweep.Of(3, SpecificationReader.Parse(
            """{ "name": "o", "workload": "quadratic-2d", "iterations": 20, "optimizers": [{ "id": "sgd-constant", "values": [1, 10] }] }"""), finished: 2);

        var view = ComparisonView.Of(new ComparisonAddress { Sweeps = [1, 3], At = "epoch-1", Measure = Measure.TrainLoss }, [First, other]);

        Assert.Equal([Moment.End], view.Moments);
        Assert.Contains(view.Notices, n => n.Contains("Not every sweep was evaluated at “epoch-1”", StringComparison.Ordinal));
        Assert.Contains(view.Fields, f => f.Name == "workload" && f.IsProtocol);
        Assert.Single(view.Difference!.Pairs.Pairs);
    }

    [Fact]
    public void Of_SweepThatIsGone_SaysSoAndShowsTheOthers()
    {
        var view = ComparisonView.Of(new ComparisonAddress { Sweeps = [1, 99], B = new ComparisonSide(99, null) }, [First]);

        Assert.Contains("Sweep 99 is not there: it was deleted, or never was.", view.Notices);
        Assert.Contains(view.Notices, n => n.StartsWith("B = 99 is not among what is compared", StringComparison.Ordinal));
        Assert.Single(view.Heatmaps);
    }

    [Fact]
    public void Of_Nothing_HasNothingToSubtract()
    {
        var view = ComparisonView.Of(new ComparisonAddress(), []);

        Assert.Null(view.Difference);
        Assert.Empty(view.Heatmaps);
        Assert.Empty(view.Notices);
    }

    [Fact]
    public void Csv_Cells_HaveEveryNumberAndNoFormula()
    {
        var hostile = FakeSweep.Of(4, Specifications.Small with { Name = "=cmd|' /C calc'!A0, \"x\"" }, finished: 12);
        var view = ComparisonView.Of(new ComparisonAddress { Sweeps = [4, 1] }, [hostile, First]);

        var cells = ComparisonCsv.Cells(view).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1 + 12, cells.Length);
        Assert.StartsWith("4,\"'=cmd|' /C calc'!A0, \"\"x\"\"\",mnist-logreg,sgd-constant,{},b0,0.01,test-accuracy,final,end,0,,,2,2", cells[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5, 5, 64, 122)]
    [InlineData(0, 245, 244, 240)]
    [InlineData(5, 127, 55, 6)]
    public void DivergingScale_EndsAndZero_AreBlueWhiteAndOrange(double difference, byte r, byte g, byte b) =>
        Assert.Equal((r, g, b), new DivergingScale(5).At(difference));

    [Fact]
    public void DivergingScale_NothingDiffers_IsWhite() => Assert.Equal((245, 244, 240), new DivergingScale(0).At(0));

    [Fact]
    public void Better_AccuracyAndLoss_AreOpposite()
    {
        Assert.Equal("A", DivergingScale.Better(Measure.TestAccuracy, isPositive: true));
        Assert.Equal("B", DivergingScale.Better(Measure.TestLoss, isPositive: true));
    }

    private static ComparisonView View(string sweeps, string? rows = null) => ComparisonView.Of(
        ComparisonAddress.Parse(name => name switch { "sweeps" => [sweeps], "rows" when rows is not null => [rows], _ => [] }),
        [.. new[] { First, Second }.Where(d => sweeps.Split('.').Contains(d.Summary.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))]);
}
