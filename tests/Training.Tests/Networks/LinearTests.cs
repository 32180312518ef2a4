using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class LinearTests
{
    [Fact]
    public void Infer_SequenceOfVectors_KeepsOtherAxes()
    {
        var network = new Network([3, 5], [new Linear(4)], new SquaredLoss());

        Assert.Equal([3, 4], network.Output);
        Assert.Equal(3 * 5 * 4, network.MultiplyAddsPerExample);
    }

    [Fact]
    public void Backward_LeadingAndTrailingLayersWithoutParameters_AgreesWithDifferences() =>
        GradientCheck.Holds([6], 3, [new Relu(), new Linear(5), new Relu(), new Linear(4), new Relu()]);
}
