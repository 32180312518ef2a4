using System.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Every <paramref name="stride"/>-th place of an image in both directions, with channels of zeros added up to <paramref name="channels"/>: the
/// shortcut without parameters of He et al. (2016), their option A.
/// </summary>
public sealed class ThinnedShortcut(int channels, int stride) : Layer
{
    public int Stride { get; } = stride;

    public override string Prefix => "thin";

    public override string Title => $"shortcut to {channels} channels at every {Stride}-th place";

    public override Shape Infer(LayerPlanner planner, Shape input) => input.Count == 3 && Stride >= 1 && channels >= input[0]
        ? [channels, ((input[1] - 1) / Stride) + 1, ((input[2] - 1) / Stride) + 1]
        : throw planner.Refuse("it must be an image of at most as many channels as it is brought to, and the stride at least 1");

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, Stride);

    private sealed class Compiled<T>(LayerPlan plan, int stride) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Shape _from = plan.Input;
        private readonly Shape _to = plan.Output;

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            output.Clear();
            for (var row = 0; row < pass.Count * _from[0] * _to[1]; row++)
            {
                var (large, small) = Rows(row);
                for (var x = 0; x < _to[2]; x++)
                {
                    output[small + x] = input[large + (x * stride)];
                }
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            inputGradient.Clear();
            for (var row = 0; row < pass.Count * _from[0] * _to[1] && !inputGradient.IsEmpty; row++)
            {
                var (large, small) = Rows(row);
                for (var x = 0; x < _to[2]; x++)
                {
                    inputGradient[large + (x * stride)] = outputGradient[small + x];
                }
            }
        }

        /// <summary>Where a row that is kept begins in the input and in the output.</summary>
        private (int Large, int Small) Rows(int row)
        {
            var (image, y) = Math.DivRem(row, _to[1]);
            var (example, channel) = Math.DivRem(image, _from[0]);
            return (((image * _from[1]) + (y * stride)) * _from[2], ((((example * _to[0]) + channel) * _to[1]) + y) * _to[2]);
        }
    }
}
