using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Adds a learned vector to each place of a sequence, time × features (Dosovitskiy et al. 2021). Weight [time][features], N(0, 0.02²) at first.
/// </summary>
public sealed class PositionEmbedding : Layer
{
    public override string Prefix => "position";

    public override string Title => "position embedding";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (input.Count != 2)
        {
            throw planner.Refuse("it must be a sequence, time × features");
        }

        planner.Parameter("weight", Initialisation.Normal(0.02), input[0], input[1]);
        return input;
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan);

    private sealed class Compiled<T>(LayerPlan plan) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ParameterSegment _weight = plan.Parameters[0];

        public override bool HasParameters => true;

        public override bool WorksInPlace => true;

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var i = 0; i < input.Length; i += _weight.Length)
            {
                TensorPrimitives.Add(input.Slice(i, _weight.Length), _weight.Of(pass.Parameters), output.Slice(i, _weight.Length));
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            RowVectors.Sum(outputGradient, _weight.Of(pass.Gradient));
            if (!inputGradient.IsEmpty && !inputGradient.Overlaps(outputGradient))
            {
                outputGradient.CopyTo(inputGradient);
            }
        }
    }
}
