using Stepsize.Training.Networks.Layers;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class ReluTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void Backward_SeveralShapes_AgreesWithDifferences(int length) => GradientCheck.Holds([length], 2, [new Relu()]);

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Forward_NotANumber_StaysNotANumber(int length)
    {
        var harness = new LayerHarness([length], 1, [new Relu()]);
        harness.Inputs.AsSpan().Fill(double.NaN);

        Assert.All(harness.Forward(), y => Assert.True(double.IsNaN(y)));
        Assert.Equal(harness.OutputGradient, harness.Backward().Inputs);
    }
}
