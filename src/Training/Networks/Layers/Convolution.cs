using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Cross-correlation of an image, channels × height × width, with a kernel for each output channel. Weight [channels][input channels / groups][height][width],
/// bias [channels].
/// </summary>
public sealed class Convolution : Layer
{
    private readonly int _channels;
    private readonly Window _window;
    private readonly int _groups;
    private readonly bool _bias;
    private readonly Func<int, int, Initialisation> _initialise;
    private readonly InitialisationScheme _scheme;

    /// <param name="channels">Output channels.</param>
    /// <param name="kernel">Height and width of the kernel.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="groups">Into which both input and output channels are divided; each output channel sees its group's inputs alone.</param>
    public Convolution(
        int channels, int kernel, int stride = 1, int padding = 0, int groups = 1, bool bias = true,
        InitialisationScheme initialisation = InitialisationScheme.PyTorch)
        : this(channels, Window.Square(kernel, stride, padding), groups, bias, initialisation)
    {
    }

    /// <summary>With windows that are not square.</summary>
    /// <param name="initialise">Weight from fan-in and fan-out, where it is not the scheme's default.</param>
    public Convolution(
        int channels, Window window, int groups = 1, bool bias = true, InitialisationScheme initialisation = InitialisationScheme.PyTorch,
        Func<int, int, Initialisation>? initialise = null)
    {
        _channels = channels;
        _window = window;
        _groups = groups;
        _bias = bias;
        _scheme = initialisation;
        _initialise = initialise ?? ((fanIn, fanOut) => Initialisation.Weight(initialisation, fanIn, fanOut));
    }

    public override string Prefix => "conv";

    public override string Title => $"convolution {_window.Size.Height}×{_window.Size.Width} to {_channels} channels";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        var (height, width) = _window.Positions(planner, input);
        if (_channels < 1 || _groups < 1 || _channels % _groups != 0 || input[0] % _groups != 0)
        {
            throw planner.Refuse($"its output channels must be at least 1, and they and the input channels multiples of the {_groups} groups");
        }

        var area = _window.Size.Height * _window.Size.Width;
        var fanIn = input[0] / _groups * area;
        planner.Parameter(
            "weight", _initialise(fanIn, _channels / _groups * area), _channels, input[0] / _groups, _window.Size.Height, _window.Size.Width);
        if (_bias)
        {
            planner.Parameter("bias", Initialisation.Bias(_scheme, fanIn), _channels);
        }

        planner.MultiplyAdds((long)_channels * height * width * fanIn);
        return [_channels, height, width];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, new Patches(_window, plan), _groups);

    /// <summary>One matrix product an example and group: the kernels, as rows, times the example's patches, as columns.</summary>
    private sealed class Compiled<T>(LayerPlan plan, Patches patches, int groups) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ParameterSegment _weight = plan.Parameters[0];
        private readonly ParameterSegment? _bias = plan.Parameters.Count > 1 ? plan.Parameters[1] : null;
        private readonly int _rows = plan.Output[0] / groups;
        private readonly int _depth = plan.Parameters[0].RowLength;
        private readonly int _places = plan.Output[1] * plan.Output[2];
        private readonly int _inputLength = plan.Input.Length / groups;
        private readonly T[] _columns = CompiledChain<T>.Allocate(plan.Parameters[0].RowLength * (long)(plan.Output[1] * plan.Output[2]), 1);

        public override bool HasParameters => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var part = 0; part < pass.Count * groups; part++)
            {
                patches.Gather(input.Slice(part * _inputLength, _inputLength), _columns);
                var y = output.Slice(part * _rows * _places, _rows * _places);
                if (_bias is not null)
                {
                    var bias = _bias.Of(pass.Parameters).Slice(part % groups * _rows, _rows);
                    for (var c = 0; c < _rows; c++)
                    {
                        y.Slice(c * _places, _places).Fill(bias[c]);
                    }
                }

                MatrixProduct.Multiply(
                    Kernels(pass.Parameters, part), new ReadOnlyMatrixView<T>(_columns, _depth, _places), new MatrixView<T>(y, _rows, _places),
                    accumulate: _bias is not null);
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            for (var part = 0; part < pass.Count * groups; part++)
            {
                var gradient = new ReadOnlyMatrixView<T>(outputGradient.Slice(part * _rows * _places, _rows * _places), _rows, _places);
                patches.Gather(input.Slice(part * _inputLength, _inputLength), _columns);
                var kernels = _weight.Of(pass.Gradient).Slice(part % groups * _rows * _depth, _rows * _depth);
                MatrixProduct.Multiply(
                    gradient, new ReadOnlyMatrixView<T>(_columns, _depth, _places).Transposed, new MatrixView<T>(kernels, _rows, _depth),
                    accumulate: part >= groups);
                if (!inputGradient.IsEmpty)
                {
                    MatrixProduct.Multiply(Kernels(pass.Parameters, part).Transposed, gradient, new MatrixView<T>(_columns, _depth, _places));
                    patches.Scatter(_columns, inputGradient.Slice(part * _inputLength, _inputLength));
                }
            }

            if (_bias is not null)
            {
                BackwardBias(outputGradient, _bias.Of(pass.Gradient), pass.Count);
            }
        }

        private void BackwardBias(ReadOnlySpan<T> outputGradient, Span<T> biasGradient, int count)
        {
            biasGradient.Clear();
            for (var row = 0; row < count * biasGradient.Length; row++)
            {
                biasGradient[row % biasGradient.Length] += System.Numerics.Tensors.TensorPrimitives.Sum(outputGradient.Slice(row * _places, _places));
            }
        }

        private ReadOnlyMatrixView<T> Kernels(ReadOnlySpan<T> parameters, int part) =>
            new(_weight.Of(parameters).Slice(part % groups * _rows * _depth, _rows * _depth), _rows, _depth);
    }
}
