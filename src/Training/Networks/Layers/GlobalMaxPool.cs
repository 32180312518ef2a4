using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Networks.Layers;

/// <summary>The largest value of each channel (first axis) over all its places: maximum over time where the places are times.</summary>
public sealed class GlobalMaxPool : Layer
{
    public override string Prefix => "pool";

    public override string Title => "global maximum pooling";

    public override Shape Infer(LayerPlanner planner, Shape input) => [input[0]];

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan.Input.Length / plan.Input[0]);

    private sealed class Compiled<T>(int places) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = TensorPrimitives.Max(input.Slice(i * places, places));
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            inputGradient.Clear();
            for (var i = 0; i < outputGradient.Length && !inputGradient.IsEmpty; i++)
            {
                inputGradient[(i * places) + LargestValue.IndexOf(input.Slice(i * places, places))] = outputGradient[i];
            }
        }
    }
}
