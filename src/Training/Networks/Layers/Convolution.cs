using System.Numerics;
using System.Numerics.Tensors;
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
        : this(channels, new Window(kernel, kernel, stride, padding), groups, bias, initialisation)
    {
    }

    /// <summary>With windows that are not square.</summary>
    /// <param name="initialise">Weight from fan-in and fan-out, where it is not the scheme's default.</param>
    public Convolution(
        int channels, Window window, int groups = 1, bool bias = true, InitialisationScheme initialisation = InitialisationScheme.PyTorch,
        Func<int, int, Initialisation>? initialise = null)
    {
        _channels = channels;
        Window = window;
        Groups = groups;
        _bias = bias;
        _scheme = initialisation;
        _initialise = initialise ?? ((fanIn, fanOut) => Initialisation.Weight(initialisation, fanIn, fanOut));
    }

    public Window Window { get; }

    /// <summary>Groups of channels that see each other.</summary>
    public int Groups { get; }

    public override string Prefix => "conv";

    public override string Title => $"convolution {Window.Height}×{Window.Width} to {_channels} channels";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        var (height, width) = Window.Positions(planner, input);
        if (_channels < 1 || Groups < 1 || _channels % Groups != 0 || input[0] % Groups != 0)
        {
            throw planner.Refuse($"its output channels must be at least 1, and they and the input channels multiples of the {Groups} groups");
        }

        var area = Window.Height * Window.Width;
        var fanIn = input[0] / Groups * area;
        planner.Parameter("weight", _initialise(fanIn, _channels / Groups * area), _channels, input[0] / Groups, Window.Height, Window.Width);
        if (_bias)
        {
            planner.Parameter("bias", Initialisation.Bias(_scheme, fanIn), _channels);
        }

        planner.MultiplyAdds((long)_channels * height * width * fanIn);
        return [_channels, height, width];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, Window.Over(plan, Groups));

    private sealed class Compiled<T>(LayerPlan plan, ConvolutionShape shape) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Kernels.Convolution<T> _kernel = new(shape);
        private readonly ParameterSegment _weight = plan.Parameters[0];
        private readonly ParameterSegment? _bias = plan.Parameters.Count > 1 ? plan.Parameters[1] : null;

        public override bool HasParameters => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            ReadOnlySpan<T> bias = _bias is null ? default : _bias.Of(pass.Parameters);
            _kernel.Forward(input, _weight.Of(pass.Parameters), bias, output, pass.Count);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            _kernel.Gradients(input, _weight.Of(pass.Parameters), outputGradient, _weight.Of(pass.Gradient), inputGradient, pass.Count);
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
                biasGradient[row % biasGradient.Length] += TensorPrimitives.Sum(outputGradient.Slice(row * shape.Positions, shape.Positions));
            }
        }
    }
}
