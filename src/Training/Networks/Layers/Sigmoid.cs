using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Networks.Layers;

/// <summary>1/(1 + e⁻ˣ).</summary>
/// <remarks>In double, which is taken to check float, by the runtime's own functions.</remarks>
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

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            if (typeof(T) == typeof(float))
            {
                Sigmoids.Forward(InstructionSets.Best, MemoryMarshal.Cast<T, float>(input), MemoryMarshal.Cast<T, float>(output));
                return;
            }

            TensorPrimitives.Sigmoid(input, output);
        }

        /// <summary>σ' = σ(1 − σ).</summary>
        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            if (typeof(T) == typeof(float))
            {
                Sigmoids.Backward(
                    InstructionSets.Best, MemoryMarshal.Cast<T, float>(output), MemoryMarshal.Cast<T, float>(outputGradient), MemoryMarshal.Cast<T, float>(inputGradient));
                return;
            }

            for (var i = 0; i < output.Length; i++)
            {
                inputGradient[i] = outputGradient[i] * (output[i] * (T.One - output[i]));
            }
        }
    }
}
