using System.Numerics;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Networks.Layers;

/// <summary>The mean under a window, channel by channel. Padding counts as zeros, as PyTorch's default has it.</summary>
public sealed class AveragePool(Window window) : Layer
{
    /// <param name="size">Height and width of the window.</param>
    /// <param name="stride">The window's size where 0.</param>
    public AveragePool(int size, int stride = 0, int padding = 0)
        : this(new Window(size, size, stride == 0 ? size : stride, padding))
    {
    }

    public Window Window { get; } = window;

    public override string Prefix => "pool";

    public override string Title => $"{Window.Height}×{Window.Width} average pooling";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        var (height, width) = Window.Positions(planner, input);
        return [input[0], height, width];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, Window);

    private sealed class Compiled<T>(LayerPlan plan, Window window) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ConvolutionShape _shape = window.Over(plan);

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output) =>
            Pooling.AverageForward(_shape, input, output, pass.Count);

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            if (!inputGradient.IsEmpty)
            {
                Pooling.AverageBackward<T>(_shape, outputGradient, inputGradient, pass.Count);
            }
        }
    }
}
