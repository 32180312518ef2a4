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
    public override string Prefix => "dropout";

    public override string Title => FormattableString.Invariant($"dropout of {rate}");

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (!(rate >= 0 && rate < 1))
        {
            throw planner.Refuse("its rate must be in [0, 1)");
        }

        planner.CouplesExamples();
        planner.Workspace(input.Length);
        return input;
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) =>
        settings.Trains && rate > 0 ? new Compiled<T>(plan, settings.BatchSize, rate) : new View<T>();

    private sealed class Compiled<T>(LayerPlan plan, int batchSize, double rate) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _factors = CompiledChain<T>.Allocate(plan.Input.Length, batchSize);
        private readonly T _kept = T.CreateChecked(1 / (1 - rate));
        private readonly uint _threshold = (uint)Math.Round(rate * uint.MaxValue);

        public override bool WorksInPlace => true;

        public override bool BackwardReadsInput => false;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            var factors = _factors.AsSpan(0, input.Length);
            Draw(new RandomStream(pass.Seed, RandomPurpose.Dropout, ((long)pass.Iteration << 20) + plan.Ordinal), factors);
            TensorPrimitives.Multiply(input, factors, output);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient) =>
            TensorPrimitives.Multiply(outputGradient, _factors.AsSpan(0, outputGradient.Length), inputGradient);

        private void Draw(RandomStream random, Span<T> factors)
        {
            // Two numbers from each draw of 64 bits.
            for (var i = 0; i < factors.Length; i += 2)
            {
                var bits = random.NextBits();
                factors[i] = (uint)bits < _threshold ? T.Zero : _kept;
                if (i + 1 < factors.Length)
                {
                    factors[i + 1] = (uint)(bits >> 32) < _threshold ? T.Zero : _kept;
                }
            }
        }
    }
}
