using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class LinearTests
{
    [Theory]
    [InlineData(1, 1, 1, true)]
    [InlineData(3, 5, 4, true)]
    [InlineData(4, 17, 9, false)]
    public void Backward_SeveralShapes_AgreesWithDifferences(int batch, int inputs, int outputs, bool bias) =>
        GradientCheck.Holds([inputs], batch, [new Linear(outputs, bias)]);

    [Fact]
    public void Backward_SequenceOfVectors_AgreesWithDifferences() => GradientCheck.Holds([3, 5], 2, [new Linear(4)]);

    [Fact]
    public void Backward_SeveralLayersInPlace_AgreesWithDifferences() =>
        GradientCheck.Holds([6], 3, [new Relu(), new Linear(5), new Relu(), new Linear(4), new Relu()]);

    [Fact]
    public void Infer_SequenceOfVectors_KeepsOtherAxes()
    {
        var network = new Network([3, 5], [new Linear(4)], new Stepsize.Training.Networks.Losses.SquaredLoss());

        Assert.Equal([3, 4], network.Output);
        Assert.Equal(3 * 5 * 4, network.MultiplyAddsPerExample);
    }
}
