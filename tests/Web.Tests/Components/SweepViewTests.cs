using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class SweepViewTests
{
    [Fact]
    public void Of_NothingAsked_ShowsTheFirstMeasureAtTheEnd()
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12));

        Assert.Equal(Measure.TestAccuracy, view.Measure);
        Assert.Equal(Moment.End, view.Moment);
    }

    [Fact]
    public void Of_MeasureThatTheWorkloadLacks_FallsBack()
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12), measure: "gradient-norm", at: "epoch-99");

        Assert.Equal(Measure.TestAccuracy, view.Measure);
        Assert.Equal(Moment.End, view.Moment);
    }

    [Fact]
    public void Moments_OfASweep_AreOnceEachAndEndLast() =>
        Assert.Equal(["epoch-1", "end"], Moment.Of(Specifications.Small).Select(m => m.Slug));

    [Fact]
    public void MostRobust_GridOfOneValue_IsNone()
    {
        var sweep = SpecificationReader.Parse("""{ "name": "n", "workload": "mnist-logreg", "optimizers": [{ "id": "adagrad-norm", "values": [1] }] }""");

        var glance = new SweepGlance(Specifications.View(FakeSweep.Of(1, sweep, finished: 1)));

        Assert.Equal(1, glance.Best?.BestAt);
        Assert.Null(glance.MostRobust);
    }

    [Fact]
    public void TitlesOf_SameOptimizerTwice_AreToldApartByOptions()
    {
        var sweep = SpecificationReader.Parse(
            """
            { "name": "n", "workload": "mnist-logreg", "optimizers": [
              { "id": "adagrad-norm", "values": [1], "options": { "granularity": "global" } },
              { "id": "adagrad-norm", "values": [1], "options": { "granularity": "neuron" } },
              { "id": "sgd-constant", "values": [1] } ] }
            """);

        Assert.Equal(["AdaGrad-Norm, granularity global", "AdaGrad-Norm, granularity neuron", "SGD constant"], SweepView.TitlesOf(sweep.Optimizers));
    }

    [Fact]
    public void Of_LargestSweep_TakesMillisecondsNotSeconds()
    {
        var detail = FakeSweep.Of(1, Specifications.Large, finished: 375);
        Specifications.View(detail);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        for (var i = 0; i < 10; i++)
        {
            Specifications.View(detail);
        }

        // About 2 ms each on an idle machine; the bound leaves room for a busy one.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
    }

    [Theory]
    [InlineData("value", false)]
    [InlineData("-value", true)]
    public void Apply_ColumnOfTheAddress_Sorts(string sort, bool descending)
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var values = RunOrder.Parse(sort).Apply(view).Select(r => r.AxisValue).ToList();

        Assert.Equal(descending ? values.OrderDescending() : values.Order(), values);
    }

    [Fact]
    public void Next_SameColumn_TurnsRound()
    {
        Assert.Equal("seed", RunOrder.Parse(null).Next("seed"));
        Assert.Equal("-seed", RunOrder.Parse("seed").Next("seed"));
        Assert.Equal("seed", RunOrder.Parse("-seed").Next("seed"));
    }
}
