using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class NetworkTests
{
    private static Network TwoLayers() =>
        new([784], [new Linear(100, bias: false), new Relu(), new Linear(10)], new SoftmaxCrossEntropy());

    [Fact]
    public void Constructor_TwoLayers_PlacesParametersInOrder()
    {
        var segments = TwoLayers().Parameters.Segments;

        Assert.Equal(["fc1.weight", "fc2.weight", "fc2.bias"], segments.Select(s => s.Name));
        Assert.Equal([0, 1, 1], segments.Select(s => s.Block));
        Assert.Equal([0, 78400, 79400], segments.Select(s => s.Offset));
        Assert.Equal([100, 784], segments[0].Shape);
    }

    [Fact]
    public void Constructor_TwoLayers_KnowsItsCost()
    {
        var network = TwoLayers();

        Assert.Equal(79410, network.Parameters.Length);
        Assert.Equal(79400, network.MultiplyAddsPerExample);
        Assert.True(network.ActivationBytesPerExample(4) >= 4 * (784 + 100 + 10));
    }

    [Fact]
    public void Initialise_PyTorchScheme_StaysWithinBoundAndFillsIt()
    {
        var parameters = new double[79410];
        TwoLayers().Initialise<double>(1, parameters);
        var bound = 1 / Math.Sqrt(784);

        Assert.All(parameters[..78400], p => Assert.InRange(p, -bound, bound));
        Assert.Equal(bound * bound / 3, parameters[..78400].Average(p => p * p), bound * bound / 100);
        Assert.Equal(0, parameters[..78400].Average(), bound / 50);
    }

    [Fact]
    public void Initialise_KerasScheme_IsGlorotWithZeroBias()
    {
        var network = new Network([30], [new Linear(70, initialisation: InitialisationScheme.Keras)], new SquaredLoss());
        var parameters = new double[network.Parameters.Length];
        network.Initialise<double>(1, parameters);

        Assert.InRange(parameters.Max(), 0.95 * Math.Sqrt(0.06), Math.Sqrt(0.06));
        Assert.All(parameters[2100..], p => Assert.Equal(0, p));
    }

    [Fact]
    public void Initialise_EqualSeeds_EqualParametersInFloatAndDouble()
    {
        var exact = new double[79410];
        var rounded = new float[79410];
        TwoLayers().Initialise<double>(7, exact);
        TwoLayers().Initialise<float>(7, rounded);

        Assert.Equal(exact.Select(p => (float)p), rounded);
    }

    [Fact]
    public void Constructor_EmptyInput_IsRefused()
    {
        var error = Assert.Throws<InvalidInputException>(() => new Network([1, 0, 28], [new Relu()], new SquaredLoss()));

        Assert.Contains("1×0×28", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NoNeurons_IsRefusedWithNameAndShape()
    {
        var error = Assert.Throws<InvalidInputException>(() => new Network([5], [new Linear(3), new Linear(0)], new SquaredLoss()));

        Assert.Contains("fc2", error.Message, StringComparison.Ordinal);
        Assert.Contains("shape 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TooMuchMemory_IsRefusedBeforeTraining()
    {
        var network = new Network([1_000_000], [new Linear(1)], new SquaredLoss());

        var error = Assert.Throws<InvalidInputException>(() => network.Compile<float>(new CompileSettings(2_000_000_000, Trains: true)));

        Assert.Contains("give a smaller one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_EmptyBatch_IsRefused() =>
        Assert.Throws<InvalidInputException>(() => TwoLayers().Compile<float>(new CompileSettings(0, Trains: true)));

    [Fact]
    public void Compile_BatchLargerThanMemory_SaysWhatItNeedsBeforeItAllocates()
    {
        var network = new Network([784], [new Linear(100)], new SoftmaxCrossEntropy());

        var error = Assert.Throws<InvalidInputException>(() => network.Compile<float>(new CompileSettings(2_000_000_000, Trains: true)));

        Assert.Contains("of memory are available", error.Message, StringComparison.Ordinal);
    }
}
