using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Puts a learned vector before a sequence, time × features: where a transformer gathers what it knows of the whole (Dosovitskiy et al. 2021).
/// Weight [1][features], N(0, 10⁻¹²) at first: as good as zero, as the released vision transformers have it.
/// </summary>
public sealed class ClassToken : Layer
{
    public override string Prefix => "token";

    public override string Title => "class token";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (input.Count != 2)
        {
            throw planner.Refuse("it must be a sequence, time × features");
        }

        planner.Parameter("weight", Initialisation.Normal(1e-6), 1, input[1]);
        return [input[0] + 1, input[1]];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan);

    private sealed class Compiled<T>(LayerPlan plan) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ParameterSegment _weight = plan.Parameters[0];
        private readonly int _features = plan.Input[1];
        private readonly int _length = plan.Input.Length;

        public override bool HasParameters => true;

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var e = 0; e < pass.Count; e++)
            {
                var sequence = output.Slice(e * (_length + _features), _length + _features);
                _weight.Of(pass.Parameters).CopyTo(sequence);
                input.Slice(e * _length, _length).CopyTo(sequence[_features..]);
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var gradient = _weight.Of(pass.Gradient);
            gradient.Clear();
            for (var e = 0; e < pass.Count; e++)
            {
                var sequence = outputGradient.Slice(e * (_length + _features), _length + _features);
                TensorPrimitives.Add(gradient, sequence[.._features], gradient);
                if (!inputGradient.IsEmpty)
                {
                    sequence[_features..].CopyTo(inputGradient[(e * _length)..]);
                }
            }
        }
    }
}
