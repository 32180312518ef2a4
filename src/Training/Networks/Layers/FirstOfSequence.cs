using System.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>The features at the first time of a sequence, time × features: those of a <see cref="ClassToken"/>.</summary>
public sealed class FirstOfSequence : Layer
{
    public override string Prefix => "first";

    public override string Title => "first of a sequence";

    public override Shape Infer(LayerPlanner planner, Shape input) => input.Count == 2
        ? [input[1]]
        : throw planner.Refuse("it must be a sequence, time × features");

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan.Input.Length, plan.Output.Length);

    private sealed class Compiled<T>(int inputLength, int features) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var e = 0; e < pass.Count; e++)
            {
                input.Slice(e * inputLength, features).CopyTo(output[(e * features)..]);
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            inputGradient.Clear();
            for (var e = 0; e < pass.Count && !inputGradient.IsEmpty; e++)
            {
                outputGradient.Slice(e * features, features).CopyTo(inputGradient[(e * inputLength)..]);
            }
        }
    }
}
