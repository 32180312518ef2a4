using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class LayerShapeTests
{
    /// <summary>A layer, an input that it cannot take, and a part of what must be said about it.</summary>
    public static TheoryData<Layer, int[], string> Impossible => new()
    {
        { new Linear(0), [5], "at least 1 neuron" },
        { new Convolution(3, 5), [1, 4, 4], "window of 5×5 must fit into the padded image of 4×4" },
        { new Convolution(3, 5), [16], "channels × height × width" },
        { new Convolution(3, 3, stride: 0), [1, 4, 4], "stride must be at least 1" },
        { new Convolution(3, 3, padding: -1), [1, 4, 4], "padding at least 0" },
        { new Convolution(4, 3, groups: 2), [3, 4, 4], "multiples of the 2 groups" },
        { new Convolution(0, 3), [3, 4, 4], "at least 1" },
        { new MaxPool(3), [2, 2, 9], "window of 3×3 must fit" },
        { new MaxPool(2, padding: 2), [1, 4, 4], "at most half the window" },
        { new AveragePool(2), [4, 4], "channels × height × width" },
        { new Reshape([2, 3]), [5], "needs 6 numbers where the input has 5" },
        { new Dropout(1), [5], "rate must be in [0, 1)" },
        { new Dropout(double.NaN), [5], "rate must be in [0, 1)" },
        { new LayerNorm(0), [5], "ε must be larger than 0" },
        { new BatchNorm(momentum: 0), [5], "momentum in (0, 1]" },
        { new Embedding(0, 3), [5], "vocabulary must be in" },
        { new Embedding(10, 3), [5, 2], "one axis" },
        { new Lstm(4), [5], "time × features" },
        { new Lstm(0), [5, 2], "at least 1 cell" },
        { new MaxOverTime(), [5], "time × features" },
        { new SelfAttention(3), [5, 4], "multiple of the 3 heads" },
        { new SelfAttention(1), [5], "time × features" },
        { new Residual([new Linear(3)]), [5], "gives 3 and its shortcut 5" },
        { new Concatenation([new Linear(3)], [new Linear(4)]), [2, 5], "branches give 2×3, 2×4" },
        { new Concatenation(), [5], "at least 1 branch" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Infer_ImpossibleInput_NamesLayerShapeAndWhatIsAllowed(Layer layer, int[] input, string expected)
    {
        var shape = Shape.Create(input);

        var error = Assert.Throws<InvalidInputException>(() => new Network(shape, [new Flatten(), new Reshape(shape), layer], new SquaredLoss()));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(layer.Title, error.Message, StringComparison.Ordinal);
        Assert.Contains($"shape {shape}", error.Message, StringComparison.Ordinal);
        Assert.Contains(layer.Prefix, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_LayerInsideBlock_IsNamedWithItsBlock()
    {
        var error = Assert.Throws<InvalidInputException>(
            () => new Network([1, 4, 4], [new Flatten(), new Residual([new Linear(16), new Convolution(1, 3)])], new SquaredLoss()));

        Assert.Contains("block1.conv1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 1, 0, 24)]
    [InlineData(3, 2, 1, 14)]
    [InlineData(28, 1, 0, 1)]
    [InlineData(3, 5, 0, 6)]
    public void Convolution_WindowStridePadding_GivesPositions(int kernel, int stride, int padding, int side)
    {
        var network = new Network([2, 28, 28], [new Convolution(7, kernel, stride, padding)], new SquaredLoss());

        Assert.Equal([7, side, side], network.Output);
        Assert.Equal(7L * side * side * 2 * kernel * kernel, network.MultiplyAddsPerExample);
        Assert.Equal((7 * 2 * kernel * kernel) + 7, network.Parameters.Length);
    }

    [Fact]
    public void Parameters_CompositeLayers_AreNamedByPathAndBlockedByLayer()
    {
        var network = new Network(
            [3],
            [new Residual([new Linear(3), new Residual([new Linear(3)])], new Linear(3, bias: false)), new Concatenation([new Linear(2)], [new BatchNorm()])],
            new SquaredLoss());

        Assert.Equal(
            [
                "block1.fc1.weight", "block1.fc1.bias", "block1.block1.fc1.weight", "block1.block1.fc1.bias", "block1.shortcut.fc1.weight",
                "concat1.branch1.fc1.weight", "concat1.branch1.fc1.bias", "concat1.branch2.bn1.weight", "concat1.branch2.bn1.bias",
            ],
            network.Parameters.Segments.Select(s => s.Name));
        Assert.Equal([0, 0, 1, 1, 2, 3, 3, 4, 4], network.Parameters.Segments.Select(s => s.Block));
        Assert.Equal([5], network.Output);
    }
}
