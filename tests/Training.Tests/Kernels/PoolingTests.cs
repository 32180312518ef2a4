using System.Numerics;
using Stepsize.Training.Kernels;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

public sealed class PoolingTests
{
    [Fact]
    public void BothPoolings_RandomShapes_AgreeWithNaive()
    {
        for (var trial = 0; trial < 60; trial++)
        {
            var random = KernelCases.Random(4000 + trial);
            var (kernelHeight, kernelWidth) = (1 + random.NextBelow(4), 1 + random.NextBelow(4));
            var channels = 1 + random.NextBelow(4);
            var shape = trial % 3 == 0
                ? new ConvolutionShape(channels, 2 + random.NextBelow(9), trial % 2 == 0 ? 8 + random.NextBelow(2) : 2 + random.NextBelow(60), channels, 2, 2, 2)
                : new ConvolutionShape(
                    channels, kernelHeight + random.NextBelow(8), kernelWidth + random.NextBelow(8), channels, kernelHeight, kernelWidth,
                    1 + random.NextBelow(3), random.NextBelow((Math.Min(kernelHeight, kernelWidth) / 2) + 1));
            Check<float>(shape, 1 + random.NextBelow(3), trial);
            Check<double>(shape, 1 + random.NextBelow(3), trial);
        }
    }

    [Fact]
    public void MaximumForward_NaNInWindow_Wins()
    {
        var shape = new ConvolutionShape(1, 2, 4, 1, 2, 2, 2);
        var output = new float[2];
        var winners = new int[2];
        Pooling.MaximumForward(shape, [1, float.NaN, 5, 5, 7, float.NaN, 5, 1], output, winners, 1);
        Assert.Equal([float.NaN, 5], output);
        Assert.Equal([1, 2], winners);
    }

    [Fact]
    public void MaximumForward_NaNAmongManySquares_WinsOnceAndFirst()
    {
        var shape = new ConvolutionShape(1, 2, 22, 1, 2, 2, 2);
        for (var place = 0; place < 44; place++)
        {
            var input = new float[44];
            input[place] = float.NaN;
            input[22 + (place % 22 / 2 * 2) + 1] = float.NaN;
            var output = new float[11];
            var winners = new int[11];
            Pooling.MaximumForward(shape, input, output, winners, 1);
            var square = place % 22 / 2;
            Assert.Equal(square, Array.FindIndex(output, float.IsNaN));
            Assert.Equal(1, output.Count(float.IsNaN));
            Assert.Equal(place, winners[square]);
        }
    }

    private static void Check<T>(ConvolutionShape shape, int images, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(5000 + seed);
        var input = KernelCases.Normal<T>(ref random, images * shape.InputLength, 0.3);
        var outputGradient = KernelCases.Normal<T>(ref random, images * shape.OutputLength);
        var (maximum, average) = (new double[outputGradient.Length], new double[outputGradient.Length]);
        var (maximumBack, averageBack) = (new double[input.Length], new double[input.Length]);
        for (var o = 0; o < outputGradient.Length; o++)
        {
            var (channel, position) = Math.DivRem(o, shape.Positions);
            var (y, x) = Math.DivRem(position, shape.OutputWidth);
            var (best, place, count) = (double.NegativeInfinity, -1, shape.KernelHeight * shape.KernelWidth);
            var g = double.CreateChecked(outputGradient[o]);
            for (var k = 0; k < count; k++)
            {
                var row = (y * shape.Stride) - shape.Padding + (k / shape.KernelWidth);
                var column = (x * shape.Stride) - shape.Padding + (k % shape.KernelWidth);
                if (row < 0 || row >= shape.Height || column < 0 || column >= shape.Width)
                {
                    continue;
                }

                var i = (((channel * shape.Height) + row) * shape.Width) + column;
                var value = double.CreateChecked(input[i]);
                (best, place) = value > best ? (value, i) : (best, place);
                average[o] += value / count;
                averageBack[i] += g / count;
            }

            maximum[o] = best;
            maximumBack[place] += g;
        }

        var output = new T[outputGradient.Length];
        var inputGradient = KernelCases.Normal<T>(ref random, input.Length);
        var winners = new int[output.Length];
        Pooling.MaximumForward(shape, input, output, winners, images);
        KernelCases.Close<T>(maximum, output, 0, 1, $"max {shape}");
        Pooling.MaximumBackward(shape, outputGradient, winners, inputGradient, images);
        KernelCases.Close<T>(maximumBack, inputGradient, 20, 1, $"max back {shape}");
        Pooling.AverageForward<T>(shape, input, output, images);
        KernelCases.Close<T>(average, output, 20, 1, $"average {shape}");
        Pooling.AverageBackward<T>(shape, outputGradient, inputGradient, images);
        KernelCases.Close<T>(averageBack, inputGradient, 20, 1, $"average back {shape}");
    }
}
