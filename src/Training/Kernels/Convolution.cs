using System.Numerics;
using Stepsize.Training.Kernels.Simd;
using Stepsize.Training.Kernels.Winograd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// Two-dimensional convolution (cross-correlation, as networks mean it), its weight gradient and its input gradient. Images lie one after another as
/// [channel][row][column], weights as [filter][channel of the group][row][column]. Belongs to one thread at a time.
/// </summary>
/// <remarks>In double, which is taken to check float, the products are always those of the definition.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Convolution<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionShape _shape;
    private readonly IConvolution<T> _passes;

    /// <exception cref="ArgumentException">The shape is impossible.</exception>
    public Convolution(ConvolutionShape shape)
    {
        ConvolutionShape.Check(shape);
        _shape = shape;
        _passes = typeof(T) == typeof(float) && WinogradTiling.Pays(shape)
            ? new WinogradConvolution<T>(shape, InstructionSets.Best)
            : new PatchConvolution<T>(shape, InstructionSets.Best);
    }

    /// <summary>Overwrites the output with the convolution of each image, plus the bias.</summary>
    /// <param name="bias">One a filter, or empty.</param>
    public void Forward(ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> output, int images)
    {
        Check(input.Length, weights.Length, output.Length, images);
        _passes.Forward(input, weights, bias, output, images);
    }

    /// <summary>Overwrites the gradients with respect to the weights and the input: together, for both begin with the same work on the output's gradient.</summary>
    /// <param name="inputGradient">Empty where it is not needed.</param>
    public void Gradients(
        ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> outputGradient, Span<T> weightGradient, Span<T> inputGradient, int images)
    {
        Check(input.Length, weights.Length, outputGradient.Length, images);
        Check(inputGradient.IsEmpty ? input.Length : inputGradient.Length, weightGradient.Length, outputGradient.Length, images);
        _passes.Gradients(input, weights, outputGradient, weightGradient, inputGradient, images);
    }

    private void Check(int input, int weights, int output, int images)
    {
        if (input != (long)images * _shape.InputLength || output != (long)images * _shape.OutputLength || weights != _shape.Filters * _shape.PatchLength)
        {
            throw new ArgumentException(
                $"{images} images of {_shape.InputLength} numbers, {_shape.Filters * _shape.PatchLength} weights and {images} outputs of {_shape.OutputLength}"
                + $" are needed; {input}, {weights} and {output} numbers given.", nameof(images));
        }
    }
}
