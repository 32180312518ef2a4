using System.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>A layer that only changes the shape; it copies where a chain consists of nothing else.</summary>
internal sealed class View<T> : CompiledLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool IsView => true;

    public override bool BackwardReadsInput => false;

    public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output) => input.CopyTo(output);

    public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient) =>
        outputGradient.CopyTo(inputGradient);
}
