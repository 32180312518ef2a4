using System.Numerics;

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

    public override string Prefix => "pool";

    public override string Title => $"{window.Height}×{window.Width} average pooling";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        var (height, width) = window.Positions(planner, input);
        return [input[0], height, width];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, window);

    private sealed class Compiled<T>(LayerPlan plan, Window window) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _height = plan.Input[1];
        private readonly int _width = plan.Input[2];
        private readonly int _outHeight = plan.Output[1];
        private readonly int _outWidth = plan.Output[2];
        private readonly T _share = T.One / T.CreateChecked(window.Height * window.Width);

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var place = 0; place < output.Length; place++)
            {
                var (image, rows, columns) = Under(place);
                var sum = T.Zero;
                for (var y = rows.Start; y < rows.End; y++)
                {
                    for (var x = columns.Start; x < columns.End; x++)
                    {
                        sum += input[image + (y * _width) + x];
                    }
                }

                output[place] = sum * _share;
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            inputGradient.Clear();
            for (var place = 0; place < outputGradient.Length && !inputGradient.IsEmpty; place++)
            {
                var (image, rows, columns) = Under(place);
                for (var y = rows.Start; y < rows.End; y++)
                {
                    for (var x = columns.Start; x < columns.End; x++)
                    {
                        inputGradient[image + (y * _width) + x] += outputGradient[place] * _share;
                    }
                }
            }
        }

        /// <summary>First number of the image, and the rows and columns that a place of the output covers.</summary>
        private (int Image, (int Start, int End) Rows, (int Start, int End) Columns) Under(int place)
        {
            var (line, ox) = Math.DivRem(place, _outWidth);
            var (image, oy) = Math.DivRem(line, _outHeight);
            var top = (oy * window.Stride) - window.Padding;
            var left = (ox * window.Stride) - window.Padding;
            return (
                image * _height * _width,
                (Math.Max(top, 0), Math.Min(top + window.Height, _height)),
                (Math.Max(left, 0), Math.Min(left + window.Width, _width)));
        }
    }
}
