using System.Numerics;

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

    public override string Prefix => "pool";

    public override string Title => $"{window.Height}×{window.Width} maximum pooling";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        var (height, width) = window.Positions(planner, input);
        if (2 * window.Padding > Math.Min(window.Height, window.Width))
        {
            throw planner.Refuse("its padding must be at most half the window, so that every position sees a value");
        }

        planner.Workspace((long)input[0] * height * width);
        return [input[0], height, width];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, settings, window);

    private sealed class Compiled<T>(LayerPlan plan, CompileSettings settings, Window window) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _height = plan.Input[1];
        private readonly int _width = plan.Input[2];
        private readonly int _outHeight = plan.Output[1];
        private readonly int _outWidth = plan.Output[2];
        private readonly int[] _chosen = settings.Trains ? new int[checked(plan.Output.Length * settings.BatchSize)] : [];

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            var place = 0;
            for (var image = 0; image < input.Length; image += _height * _width)
            {
                for (var oy = 0; oy < _outHeight; oy++)
                {
                    for (var ox = 0; ox < _outWidth; ox++, place++)
                    {
                        var best = Largest(input, image, oy, ox);
                        output[place] = input[best];
                        if (_chosen.Length > 0)
                        {
                            _chosen[place] = best;
                        }
                    }
                }
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            inputGradient.Clear();
            for (var i = 0; i < outputGradient.Length && !inputGradient.IsEmpty; i++)
            {
                inputGradient[_chosen[i]] += outputGradient[i];
            }
        }

        private int Largest(ReadOnlySpan<T> input, int image, int oy, int ox)
        {
            var top = (oy * window.Stride) - window.Padding;
            var left = (ox * window.Stride) - window.Padding;
            var bottom = Math.Min(top + window.Height, _height);
            var right = Math.Min(left + window.Width, _width);
            top = Math.Max(top, 0);
            left = Math.Max(left, 0);
            var best = image + (top * _width) + left;
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    var here = image + (y * _width) + x;
                    if (input[here] > input[best] || (T.IsNaN(input[here]) && !T.IsNaN(input[best])))
                    {
                        best = here;
                    }
                }
            }

            return best;
        }
    }
}
