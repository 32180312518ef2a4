using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// A vector for each word of a vocabulary. The input is a sequence of word numbers 0 … <paramref name="vocabulary"/> − 1, written as numbers of the
/// network's type; the output has their vectors as rows. Weight [vocabulary][width], N(0, 1) at first as in PyTorch.
/// </summary>
public sealed class Embedding(int vocabulary, int width) : Layer
{
    public override string Prefix => "embedding";

    public override string Title => $"embedding of {vocabulary} words in {width} numbers";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (vocabulary < 1 || width < 1 || vocabulary > 1 << 24)
        {
            throw planner.Refuse("its vocabulary must be in 1 … 2²⁴, so that every word's number is exact, and its width at least 1");
        }

        if (input.Count != 1)
        {
            throw planner.Refuse("it must be a sequence of word numbers, with one axis");
        }

        planner.Parameter("weight", Initialisation.Normal(1), vocabulary, width);
        return [input[0], width];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, width);

    private sealed class Compiled<T>(LayerPlan plan, int width) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ParameterSegment _weight = plan.Parameters[0];

        public override bool HasParameters => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            var weight = _weight.Of(pass.Parameters);
            for (var i = 0; i < input.Length; i++)
            {
                weight.Slice(int.CreateChecked(input[i]) * width, width).CopyTo(output[(i * width)..]);
            }
        }

        /// <summary>Word numbers have no gradient: that of the input is zero.</summary>
        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var gradient = _weight.Of(pass.Gradient);
            gradient.Clear();
            for (var i = 0; i < input.Length; i++)
            {
                var row = gradient.Slice(int.CreateChecked(input[i]) * width, width);
                TensorPrimitives.Add(row, outputGradient.Slice(i * width, width), row);
            }

            inputGradient.Clear();
        }
    }
}
