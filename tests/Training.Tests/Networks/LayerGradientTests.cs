using Stepsize.Training.Execution;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

/// <summary>Every layer's backward pass against central differences, in double, at several shapes.</summary>
public sealed class LayerGradientTests
{
    public static TheoryData<string, int, int[]> Cases => new()
    {
        { "linear", 1, [1] },
        { "linear", 4, [17] },
        { "linear-sequence", 2, [3, 7] },
        { "relu", 2, [33] },
        { "relu", 1, [2, 3] },
        { "sigmoid", 2, [33] },
        { "sigmoid", 1, [2, 3] },
        { "tanh", 2, [33] },
        { "tanh", 1, [1] },
        { "gelu", 3, [11] },
        { "gelu", 1, [1] },
        { "convolution", 1, [1, 3, 3] },
        { "convolution", 2, [2, 5, 4] },
        { "convolution-stride-padding", 2, [1, 1, 1] },
        { "convolution-stride-padding", 1, [3, 6, 5] },
        { "convolution-groups", 2, [2, 2, 3] },
        { "convolution-groups", 1, [4, 4, 4] },
        { "convolution-rectangle", 2, [2, 3, 5] },
        { "convolution-rectangle", 1, [1, 4, 4] },
        { "max-pool", 2, [2, 5, 5] },
        { "max-pool", 1, [1, 2, 2] },
        { "max-pool-overlapping", 2, [1, 5, 6] },
        { "max-pool-overlapping", 1, [3, 2, 2] },
        { "average-pool", 2, [2, 5, 5] },
        { "average-pool", 1, [1, 2, 2] },
        { "average-pool-overlapping", 2, [1, 5, 6] },
        { "average-pool-overlapping", 1, [3, 2, 2] },
        { "global-average-pool", 2, [3, 2, 4] },
        { "global-average-pool", 1, [1, 7] },
        { "global-max-pool", 2, [3, 2, 4] },
        { "global-max-pool", 1, [2, 9] },
        { "max-over-time", 2, [4, 5] },
        { "max-over-time", 1, [1, 3] },
        { "batch-norm", 3, [2, 3, 3] },
        { "batch-norm", 2, [1, 3, 3] },
        { "batch-norm-plain", 3, [2, 3, 3] },
        { "batch-norm-plain", 2, [3, 17] },
        { "batch-norm-features", 5, [3] },
        { "layer-norm", 2, [5] },
        { "layer-norm", 1, [2, 18] },
        { "lstm", 1, [1, 1] },
        { "lstm", 3, [5, 2] },
        { "lstm-two-layers", 2, [3, 2] },
        { "self-attention", 1, [1, 3] },
        { "self-attention", 2, [4, 6] },
        { "residual", 2, [4] },
        { "residual-shortcut", 2, [3] },
        { "concatenation", 2, [1, 3, 2] },
        { "concatenation", 1, [2, 4, 4] },
        { "transposed", 2, [3, 4] },
        { "transposed", 1, [1, 5] },
        { "class-token", 3, [2, 4] },
        { "class-token", 1, [1, 1] },
        { "position-embedding", 3, [2, 4] },
        { "position-embedding", 1, [5, 2] },
        { "first-of-sequence", 2, [3, 4] },
        { "first-of-sequence", 1, [1, 2] },
        { "thinned-shortcut", 2, [3, 4, 5] },
        { "thinned-shortcut", 1, [5, 1, 3] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_SeveralShapes_AgreesWithDifferences(string name, int batch, int[] shape) =>
        GradientCheck.Holds(Shape.Create(shape), batch, LayerCases.All[name], tolerance: 2e-7);

    /// <summary>The last mini-batch of an epoch may have fewer examples than there is room for: it gets the bits that it gets without the room.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_FewerExamplesThanRoom_SameBits(string name, int batch, int[] shape)
    {
        var exact = new LayerHarness(Shape.Create(shape), batch, LayerCases.All[name]);
        var roomy = new LayerHarness(Shape.Create(shape), batch, LayerCases.All[name], room: batch + 3);
        Assert.Equal(exact.Forward(), roomy.Forward());
        var (expected, actual) = (exact.Backward(), roomy.Backward());
        Assert.Equal(expected.Inputs, actual.Inputs);
        Assert.Equal(expected.Parameters, actual.Parameters);
    }

    /// <summary>Threads that train take denormal numbers for zero: nothing may keep indices or flags in the bits of floating-point numbers.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Backward_OnATrainingThread_IsWhatItIsElsewhere(string name, int batch, int[] shape)
    {
        var harness = new LayerHarness(Shape.Create(shape), batch, LayerCases.All[name]);
        (double[] Inputs, double[] Parameters) there = ([], []);
        using var pool = new TrainingPool(1);
        await pool.RunAsync([() => there = harness.Backward()], TestContext.Current.CancellationToken);
        var here = harness.Backward();
        Assert.Equal(here.Inputs, there.Inputs);
        Assert.Equal(here.Parameters, there.Parameters);
    }

    [Fact]
    public void Backward_EveryLayer_IsCheckedAtTwoShapesOrMore()
    {
        // Embedding is checked below: its input is no number that could be moved a little.
        var layers = LayerCases.All.Keys.Select(Kind).Where(k => k != "embedding").Distinct();

        Assert.All(layers, layer => Assert.True(Cases.Count(c => Kind(c.Data.Item1) == layer) >= 2, layer));

        static string Kind(string name) => LayerCases.All[name][0].GetType().Name.ToLowerInvariant();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    public void Embedding_Parameters_AgreeWithDifferences(int batch, int times)
    {
        var harness = new LayerHarness([times], batch, [new Embedding(5, 3)]);
        harness.Inputs = [.. Enumerable.Range(0, batch * times).Select(i => (double)(i * 3 % 5))];
        GradientCheck.ParametersHold(harness, 1e-7);
    }

    [Fact]
    public void Backward_ActivationsInPlaceBetweenOthers_AgreesWithDifferences() => GradientCheck.Holds(
        [2, 6, 6],
        3,
        [
            new Convolution(3, 3), new Relu(), new MaxPool(2), new Flatten(), new Dropout(0.4), new Linear(7), new Sigmoid(), new Dropout(0.2),
            new Reshape([1, 7, 1]), new Flatten(), new LayerNorm(), new Tanh(), new Linear(2),
        ],
        tolerance: 1e-6);

    [Fact]
    public void Backward_ResidualBlocksOfConvolutions_AgreesWithDifferences() => GradientCheck.Holds(
        [2, 4, 4],
        3,
        [
            new Residual([new Convolution(2, 3, padding: 1, bias: false), new BatchNorm(), new Relu(), new Convolution(2, 3, padding: 1, bias: false), new BatchNorm()]),
            new Relu(),
            new Residual(
                [new Convolution(3, 3, stride: 2, padding: 1), new BatchNorm(affine: false), new Relu()],
                new Convolution(3, 1, stride: 2, bias: false)),
            new GlobalAveragePool(),
        ],
        tolerance: 1e-6);
}
