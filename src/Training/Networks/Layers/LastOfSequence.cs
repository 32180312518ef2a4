namespace Stepsize.Training.Networks.Layers;

/// <summary>The features at the last time of a sequence, time × features: what a recurrent network knows at its end.</summary>
public sealed class LastOfSequence : Layer
{
    public override string Prefix => "last";

    public override string Title => "last of a sequence";

    public override Shape Infer(LayerPlanner planner, Shape input) => input.Count == 2
        ? [input[1]]
        : throw planner.Refuse("it must be a sequence, time × features");

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan.Input.Length, plan.Output.Length);

    private sealed class Compiled<T>(int inputLength, int features) : CompiledLayer<T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var e = 0; e < pass.Count; e++)
            {
                input.Slice(((e + 1) * inputLength) - features, features).CopyTo(output[(e * features)..]);
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            inputGradient.Clear();
            for (var e = 0; e < pass.Count && !inputGradient.IsEmpty; e++)
            {
                outputGradient.Slice(e * features, features).CopyTo(inputGradient[(((e + 1) * inputLength) - features)..]);
            }
        }
    }
}
