using System.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>The largest value of each feature of a sequence, time × features; the first of equal ones, and NaN before any number.</summary>
public sealed class MaxOverTime : Layer
{
    public override string Prefix => "maxovertime";

    public override string Title => "maximum over time";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (input.Count != 2)
        {
            throw planner.Refuse("it must be a sequence, time × features");
        }

        planner.Workspace(input[1]);
        return [input[1]];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, settings.BatchSize);

    private sealed class Compiled<T>(LayerPlan plan, int batchSize) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _times = plan.Input[0];
        private readonly int _features = plan.Input[1];
        private readonly int[] _chosen = new int[checked(plan.Output.Length * batchSize)];

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var i = 0; i < output.Length; i++)
            {
                var best = (i / _features * _times * _features) + (i % _features);
                for (var t = 1; t < _times; t++)
                {
                    var here = (((i / _features * _times) + t) * _features) + (i % _features);
                    best = input[here] > input[best] || (T.IsNaN(input[here]) && !T.IsNaN(input[best])) ? here : best;
                }

                _chosen[i] = best;
                output[i] = input[best];
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            inputGradient.Clear();
            for (var i = 0; i < outputGradient.Length && !inputGradient.IsEmpty; i++)
            {
                inputGradient[_chosen[i]] = outputGradient[i];
            }
        }
    }
}
