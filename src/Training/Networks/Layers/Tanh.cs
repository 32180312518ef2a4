using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>Hyperbolic tangent.</summary>
public sealed class Tanh : Layer
{
    public override string Prefix => "tanh";

    public override string Title => "hyperbolic tangent";

    public override Shape Infer(LayerPlanner planner, Shape input) => input;

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>();

    private sealed class Compiled<T> : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool WorksInPlace => true;

        public override bool BackwardReadsInput => false;

        public override bool BackwardReadsOutput => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output) => TensorPrimitives.Tanh(input, output);

        /// <summary>tanh' = 1 − tanh².</summary>
        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var i = 0;
            for (; i <= output.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var y = new Vector<T>(output[i..]);
                (new Vector<T>(outputGradient[i..]) * (Vector<T>.One - (y * y))).CopyTo(inputGradient[i..]);
            }

            for (; i < output.Length; i++)
            {
                inputGradient[i] = outputGradient[i] * (T.One - (output[i] * output[i]));
            }
        }
    }
}
