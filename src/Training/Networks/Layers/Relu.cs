using System.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>max(x, 0). NaN stays NaN, so that a diverged network shows it; the gradient at 0 is 0, as PyTorch has it.</summary>
public sealed class Relu : Layer
{
    public override string Prefix => "relu";

    public override string Title => "ReLU";

    public override Shape Infer(LayerPlanner planner, Shape input) => input;

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>();

    private sealed class Compiled<T> : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool WorksInPlace => true;

        public override bool BackwardReadsInput => false;

        public override bool BackwardReadsOutput => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            // Written as "negative becomes zero" and not as a maximum, which costs more where NaN must survive.
            var i = 0;
            for (; i <= input.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var x = new Vector<T>(input[i..]);
                Vector.ConditionalSelect(Vector.LessThan(x, Vector<T>.Zero), Vector<T>.Zero, x).CopyTo(output[i..]);
            }

            for (; i < input.Length; i++)
            {
                output[i] = input[i] < T.Zero ? T.Zero : input[i];
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var i = 0;
            for (; i <= output.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var off = Vector.LessThanOrEqual(new Vector<T>(output[i..]), Vector<T>.Zero);
                Vector.ConditionalSelect(off, Vector<T>.Zero, new Vector<T>(outputGradient[i..])).CopyTo(inputGradient[i..]);
            }

            for (; i < output.Length; i++)
            {
                inputGradient[i] = output[i] <= T.Zero ? T.Zero : outputGradient[i];
            }
        }
    }
}
