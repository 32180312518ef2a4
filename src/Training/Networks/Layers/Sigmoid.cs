using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>1/(1 + e⁻ˣ).</summary>
public sealed class Sigmoid : Layer
{
    public override string Prefix => "sigmoid";

    public override string Title => "sigmoid";

    public override Shape Infer(LayerPlanner planner, Shape input) => input;

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>();

    private sealed class Compiled<T> : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool WorksInPlace => true;

        public override bool BackwardReadsInput => false;

        public override bool BackwardReadsOutput => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output) => TensorPrimitives.Sigmoid(input, output);

        /// <summary>σ' = σ(1 − σ).</summary>
        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var i = 0;
            for (; i <= output.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var y = new Vector<T>(output[i..]);
                (new Vector<T>(outputGradient[i..]) * (y * (Vector<T>.One - y))).CopyTo(inputGradient[i..]);
            }

            for (; i < output.Length; i++)
            {
                inputGradient[i] = outputGradient[i] * (output[i] * (T.One - output[i]));
            }
        }
    }
}
