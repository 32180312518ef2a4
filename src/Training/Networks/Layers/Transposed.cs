using System.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>Rows become columns: channels × places of an image become a sequence, time × features.</summary>
public sealed class Transposed : Layer
{
    public override string Prefix => "transpose";

    public override string Title => "transposition";

    public override Shape Infer(LayerPlanner planner, Shape input) => input.Count == 2
        ? [input[1], input[0]]
        : throw planner.Refuse("it must have two axes");

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan.Input[0], plan.Input[1]);

    private sealed class Compiled<T>(int rows, int columns) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output) => Transpose(input, output, rows, columns);

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            if (!inputGradient.IsEmpty)
            {
                Transpose(outputGradient, inputGradient, columns, rows);
            }
        }

        private static void Transpose(ReadOnlySpan<T> from, Span<T> to, int rows, int columns)
        {
            for (var start = 0; start < from.Length; start += rows * columns)
            {
                for (var r = 0; r < rows; r++)
                {
                    for (var c = 0; c < columns; c++)
                    {
                        to[start + (c * rows) + r] = from[start + (r * columns) + c];
                    }
                }
            }
        }
    }
}
