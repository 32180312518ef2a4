using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// In training sets each number to zero with probability <paramref name="rate"/> and multiplies the others by 1/(1 − rate); in evaluation does
/// nothing (Srivastava et al. 2014). What is dropped depends on seed, iteration and layer alone.
/// </summary>
/// <param name="rate">In [0, 1).</param>
public sealed class Dropout(double rate) : Layer
{
    public double Rate { get; } = rate;

    public override string Prefix => "dropout";

    public override string Title => FormattableString.Invariant($"dropout of {Rate}");

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (!(Rate >= 0 && Rate < 1))
        {
            throw planner.Refuse("its rate must be in [0, 1)");
        }

        planner.CouplesExamples();
        planner.Workspace(input.Length);
        return input;
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) =>
        settings.Trains && Rate > 0 ? new Compiled<T>(plan, settings.BatchSize, this) : new View<T>();

    /// <summary>What the numbers of a batch are multiplied by in an iteration, 0 or 1/(1 − rate): the same for every run of the seed.</summary>
    /// <param name="plan">The layer's.</param>
    /// <param name="factors">Overwritten.</param>
    public void DrawFactors<T>(LayerPlan plan, int seed, int iteration, Span<T> factors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new RandomStream(seed, RandomPurpose.Dropout, ((long)iteration << 20) + plan.Ordinal);
        var kept = T.CreateChecked(1 / (1 - Rate));
        var threshold = (uint)Math.Round(Rate * uint.MaxValue);

        // Two numbers from each draw of 64 bits.
        for (var i = 0; i < factors.Length; i += 2)
        {
            var bits = random.NextBits();
            factors[i] = (uint)bits < threshold ? T.Zero : kept;
            if (i + 1 < factors.Length)
            {
                factors[i + 1] = (uint)(bits >> 32) < threshold ? T.Zero : kept;
            }
        }
    }

    private sealed class Compiled<T>(LayerPlan plan, int batchSize, Dropout layer) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _factors = CompiledChain<T>.Allocate(plan.Input.Length, batchSize);

        public override bool WorksInPlace => true;

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            var factors = _factors.AsSpan(0, input.Length);
            layer.DrawFactors(plan, pass.Seed, pass.Iteration, factors);
            TensorPrimitives.Multiply(input, factors, output);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient) =>
            TensorPrimitives.Multiply(outputGradient, _factors.AsSpan(0, outputGradient.Length), inputGradient);
    }
}
