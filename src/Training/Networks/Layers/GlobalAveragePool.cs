using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>The mean of each channel (first axis) over all its places.</summary>
public sealed class GlobalAveragePool : Layer
{
    public override string Prefix => "pool";

    public override string Title => "global average pooling";

    public override Shape Infer(LayerPlanner planner, Shape input) => [input[0]];

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan.Input.Length / plan.Input[0]);

    private sealed class Compiled<T>(int places) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _places = T.CreateChecked(places);

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = TensorPrimitives.Sum(input.Slice(i * places, places)) / _places;
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            for (var i = 0; i < outputGradient.Length && !inputGradient.IsEmpty; i++)
            {
                inputGradient.Slice(i * places, places).Fill(outputGradient[i] / _places);
            }
        }
    }
}
