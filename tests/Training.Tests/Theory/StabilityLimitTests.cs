using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Theory;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Theory;

public class StabilityLimitTests
{
    [Fact]
    public void OnAxis_B0_IsWhereEtaOverB0IsTwoOverL()
    {
        var options = Options("sgd-constant", """{ "eta": 650 }""");

        var b0 = StabilityLimit.OnAxis(RobustnessAxis.B0, options, smoothness: 5.8);

        Assert.Equal(2 / 5.8, 650 / b0, 1e-12);
    }

    [Fact]
    public void OnAxis_LearningRate_IsTwoOverL() =>
        Assert.Equal(0.5, StabilityLimit.OnAxis(RobustnessAxis.LearningRate, OptionSet.Empty, smoothness: 4));

    [Theory]
    [InlineData(1.01, true)]
    [InlineData(0.99, false)]
    public void B0_GradientDescentOnEitherSideOfTheLine_ConvergesOrDiverges(double factor, bool converges)
    {
        var problem = new Quadratic2D().Prepare(OptionSet.Resolve(new Quadratic2D().Options, null, "", new FaultList()), new DatasetFolders([]));
        var b0 = factor * StabilityLimit.B0(1, problem.Smoothness!.Value);
        double[] x = [-5, -2];
        for (var t = 0; t < 5000; t++)
        {
            x[0] -= 0.2 * x[0] / b0;
            x[1] -= 4 * x[1] / b0;
        }

        Assert.Equal(converges, Math.Abs(x[1]) < 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Stepsize_SmoothnessThatIsNotPositive_IsRefused(double smoothness) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StabilityLimit.Stepsize(smoothness));

    private static OptionSet Options(string optimizer, string json) =>
        OptionSet.Resolve(OptimizerRegistry.Find(optimizer)!.Options, System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject(), "", new FaultList());
}
