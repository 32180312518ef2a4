using Stepsize.Training.Networks.Layers;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void Forward_Training_DropsTheShareAndScalesTheRest(double rate)
    {
        var outputs = Ones(rate).Forward();

        Assert.Equal(rate, outputs.Count(y => y == 0) / (double)outputs.Length, 0.01);
        Assert.All(outputs.Where(y => y != 0), y => Assert.Equal(1 / (1 - rate), y, 1e-12));
    }

    [Fact]
    public void Forward_Evaluation_PassesThrough()
    {
        var harness = Ones(0.5, trains: false);

        Assert.Equal(harness.Inputs, harness.Forward());
    }

    [Fact]
    public void Forward_SameSeedAndIteration_DropsTheSame()
    {
        var harness = Ones(0.5);
        var first = harness.Forward();
        harness.Iteration = 2;
        var second = harness.Forward();
        harness.Iteration = 1;

        Assert.NotEqual(first, second);
        Assert.Equal(first, harness.Forward());
        harness.Seed++;
        Assert.NotEqual(first, harness.Forward());
    }

    [Fact]
    public void Forward_TwoLayers_DropIndependently()
    {
        var harness = new LayerHarness([4000], 1, [new Dropout(0.5), new Dropout(0.5)]);
        harness.Inputs.AsSpan().Fill(1);

        Assert.Equal(0.75, harness.Forward().Count(y => y == 0) / 4000.0, 0.03);
    }

    private static LayerHarness Ones(double rate, bool trains = true)
    {
        var harness = new LayerHarness([9999], 2, [new Dropout(rate)], trains);
        harness.Inputs.AsSpan().Fill(1);
        return harness;
    }
}
