using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Over the last axis subtracts the mean and divides by √(variance + ε), then scales and shifts each feature (Ba, Kiros and Hinton 2016).
/// Weight and bias [features], 1 and 0 at first.
/// </summary>
public sealed class LayerNorm(double epsilon = 1e-5) : Layer
{
    /// <summary>ε, added to the variance.</summary>
    public double Epsilon { get; } = epsilon;

    public override string Prefix => "ln";

    public override string Title => "layer normalisation";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (!(Epsilon > 0))
        {
            throw planner.Refuse("its ε must be larger than 0");
        }

        planner.Parameter("weight", Initialisation.Ones, input[^1]);
        planner.Parameter("bias", Initialisation.Zeros, input[^1]);
        planner.Workspace(input.Length + (2L * (input.Length / input[^1])));
        return input;
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, settings.BatchSize, Epsilon);

    private sealed class Compiled<T>(LayerPlan plan, int batchSize, double epsilon) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ParameterSegment _weight = plan.Parameters[0];
        private readonly ParameterSegment _bias = plan.Parameters[1];
        private readonly int _width = plan.Input[^1];
        private readonly T[] _normalised = CompiledChain<T>.Allocate(plan.Input.Length, batchSize);
        private readonly T[] _inverseDeviations = CompiledChain<T>.Allocate(plan.Input.Length / plan.Input[^1], batchSize);
        private readonly T[] _scratch = new T[plan.Input[^1]];

        public override bool HasParameters => true;

        public override bool WorksInPlace => true;

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var i = 0; i < input.Length; i += _width)
            {
                var normalised = _normalised.AsSpan(i, _width);
                _inverseDeviations[i / _width] = Moments.Normalise(input.Slice(i, _width), epsilon, normalised);
                TensorPrimitives.MultiplyAdd(normalised, _weight.Of(pass.Parameters), _bias.Of(pass.Parameters), output.Slice(i, _width));
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var weightGradient = _weight.Of(pass.Gradient);
            weightGradient.Clear();
            RowVectors.Sum(outputGradient, _bias.Of(pass.Gradient));
            for (var i = 0; i < outputGradient.Length; i += _width)
            {
                var g = outputGradient.Slice(i, _width);
                var normalised = _normalised.AsSpan(i, _width);
                TensorPrimitives.MultiplyAdd(g, normalised, weightGradient, weightGradient);
                if (!inputGradient.IsEmpty)
                {
                    TensorPrimitives.Multiply(g, _weight.Of(pass.Parameters), _scratch);
                    Moments.Backward(_scratch, normalised, _inverseDeviations[i / _width], inputGradient.Slice(i, _width));
                }
            }
        }
    }
}
