using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

public sealed class ConvolutionTests
{
    public static TheoryData<string, bool> Cases => KernelCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void AllPasses_RandomShapesStridesPaddingsAndGroups_AgreeWithNaive(string set, bool inDouble)
    {
        for (var trial = 0; trial < 60; trial++)
        {
            var random = KernelCases.Random(2000 + trial);
            var groups = 1 + random.NextBelow(trial % 4 == 0 ? 3 : 1);
            var padding = random.NextBelow(3);
            var (kernelHeight, kernelWidth) = (1 + random.NextBelow(5), 1 + random.NextBelow(5));
            var shape = new ConvolutionShape(
                groups * (1 + random.NextBelow(4)), kernelHeight + random.NextBelow(12), kernelWidth + random.NextBelow(20),
                groups * (1 + random.NextBelow(trial % 5 == 0 ? 40 : 6)), kernelHeight, kernelWidth, 1 + random.NextBelow(3), padding, groups);
            if (inDouble)
            {
                Check<double>(KernelCases.Set(set), shape, 1 + random.NextBelow(3), trial);
            }
            else
            {
                Check<float>(KernelCases.Set(set), shape, 1 + random.NextBelow(3), trial);
            }
        }
    }

    [Theory]
    [InlineData(1, 28, 20, 5)]
    [InlineData(20, 12, 50, 5)]
    [InlineData(1, 28, 32, 3)]
    [InlineData(32, 26, 64, 3)]
    public void AllPasses_ShapesOfMnistNetworks_AgreeWithNaive(int channels, int size, int filters, int kernel) =>
        Check<float>(InstructionSets.Best, new ConvolutionShape(channels, size, size, filters, kernel, kernel), 2, channels);

    [Fact]
    public void Constructor_KernelLargerThanInput_ThrowsWithTheShape()
    {
        var error = Assert.Throws<ArgumentException>(() => new Convolution<float>(new ConvolutionShape(1, 4, 4, 2, 5, 5)));
        Assert.Contains("Height = 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Convolution<float>(new ConvolutionShape(3, 4, 4, 2, 2, 2, Groups: 2)));
    }

    private static void Check<T>(InstructionSet set, ConvolutionShape shape, int images, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(3000 + seed);
        var input = KernelCases.Normal<T>(ref random, images * shape.InputLength, 0.3);
        var weights = KernelCases.Normal<T>(ref random, shape.Filters * shape.PatchLength);
        var bias = KernelCases.Normal<T>(ref random, seed % 2 == 0 ? shape.Filters : 0);
        var outputGradient = KernelCases.Normal<T>(ref random, images * shape.OutputLength, 0.3);
        var expected = ConvolutionReference.Of(shape, images, input, weights, bias, outputGradient);

        var convolution = new PatchConvolution<T>(shape, set);
        var output = KernelCases.Normal<T>(ref random, images * shape.OutputLength);
        var weightGradient = KernelCases.Normal<T>(ref random, weights.Length);
        var inputGradient = KernelCases.Normal<T>(ref random, input.Length);
        for (var twice = 0; twice < 2; twice++)
        {
            convolution.Forward(input, weights, bias, output, images);
            convolution.Gradients(input, weights, outputGradient, weightGradient, inputGradient, images);
        }

        var alone = new T[weights.Length];
        convolution.Gradients(input, weights, outputGradient, alone, [], images);
        Assert.Equal(weightGradient, alone);

        KernelCases.Close<T>(expected.Output, output, 8 + (2 * shape.PatchLength), 1, $"{set} forward {shape}:");
        KernelCases.Close<T>(expected.Weights, weightGradient, 8 + (images * shape.Positions), 1, $"{set} weights {shape}:");
        KernelCases.Close<T>(expected.Input, inputGradient, 8 + (shape.Filters * shape.KernelHeight * shape.KernelWidth), 1, $"{set} input {shape}:");
    }
}
