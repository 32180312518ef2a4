using System.Numerics;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Tests.Kernels;

/// <summary>The three passes of a convolution as their definition says, in double.</summary>
internal sealed class ConvolutionReference
{
    private ConvolutionReference(ConvolutionShape shape, int images)
    {
        Output = new double[images * shape.OutputLength];
        Weights = new double[shape.Filters * shape.PatchLength];
        Input = new double[images * shape.InputLength];
    }

    public double[] Output { get; }

    /// <summary>The gradient with respect to the weights.</summary>
    public double[] Weights { get; }

    /// <summary>The gradient with respect to the input.</summary>
    public double[] Input { get; }

    /// <param name="bias">One a filter, or empty.</param>
    public static ConvolutionReference Of<T>(ConvolutionShape shape, int images, T[] input, T[] weights, T[] bias, T[] outputGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var reference = new ConvolutionReference(shape, images);
        var (channels, filters) = (shape.Channels / shape.Groups, shape.Filters / shape.Groups);
        var (x, kernel, dy) = (Doubles(input), Doubles(weights), Doubles(outputGradient));
        for (var o = 0; o < reference.Output.Length; o++)
        {
            var (n, place) = Math.DivRem(o, shape.OutputLength);
            var (filter, position) = Math.DivRem(place, shape.Positions);
            var (top, left) = Math.DivRem(position, shape.OutputWidth);
            reference.Output[o] = bias.Length == 0 ? 0 : double.CreateChecked(bias[filter]);
            for (var k = 0; k < shape.PatchLength; k++)
            {
                var (channel, rest) = Math.DivRem(k, shape.KernelHeight * shape.KernelWidth);
                var row = (top * shape.Stride) + (rest / shape.KernelWidth) - shape.Padding;
                var column = (left * shape.Stride) + (rest % shape.KernelWidth) - shape.Padding;
                if (row < 0 || row >= shape.Height || column < 0 || column >= shape.Width)
                {
                    continue;
                }

                var i = (n * shape.InputLength) + (((((filter / filters * channels) + channel) * shape.Height) + row) * shape.Width) + column;
                var w = (filter * shape.PatchLength) + k;
                reference.Output[o] += x[i] * kernel[w];
                reference.Weights[w] += x[i] * dy[o];
                reference.Input[i] += kernel[w] * dy[o];
            }
        }

        return reference;
    }

    private static double[] Doubles<T>(T[] values)
        where T : INumber<T> => Array.ConvertAll(values, double.CreateChecked);
}
