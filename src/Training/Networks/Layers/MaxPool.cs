using System.Numerics;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// The largest value under a window, channel by channel; the first of equal ones, and NaN before any number, as PyTorch has it. Padding is no value.
/// </summary>
public sealed class MaxPool(Window window) : Layer
{
    /// <param name="size">Height and width of the window.</param>
    /// <param name="stride">The window's size where 0.</param>
    public MaxPool(int size, int stride = 0, int padding = 0)
        : this(new Window(size, size, stride == 0 ? size : stride, padding))
    {
    }

    public Window Window { get; } = window;

    public override string Prefix => "pool";

    public override string Title => $"{Window.Height}×{Window.Width} maximum pooling";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        var (height, width) = Window.Positions(planner, input);
        if (2 * Window.Padding > Math.Min(Window.Height, Window.Width))
        {
            throw planner.Refuse("its padding must be at most half the window, so that every position sees a value");
        }

        planner.Workspace((long)input[0] * height * width);
        return [input[0], height, width];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, settings, Window);

    private sealed class Compiled<T>(LayerPlan plan, CompileSettings settings, Window window) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ConvolutionShape _shape = window.Over(plan);
        private readonly int[] _winners = GC.AllocateUninitializedArray<int>(checked(plan.Output.Length * settings.BatchSize), pinned: true);

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output) =>
            Pooling.MaximumForward(_shape, input, output, _winners.AsSpan(0, output.Length), pass.Count);

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            if (!inputGradient.IsEmpty)
            {
                Pooling.MaximumBackward<T>(_shape, outputGradient, _winners.AsSpan(0, outputGradient.Length), inputGradient, pass.Count);
            }
        }
    }
}
