using System.Numerics;
using Stepsize.Training.Datasets;

namespace Stepsize.Training.Networks.Losses;

/// <summary>½‖u − y‖² of each example, in the mean over examples: for least squares F(x) = ‖Ax − y‖²/(2m), as Ward, Wu and Bottou (2020) have it.</summary>
public sealed class SquaredLoss : Loss
{
    public override bool Classifies => false;

    public override int PredictionsPerExample(Shape output) => 1;

    public override CompiledLoss<T> Compile<T>(Shape output, int batchSize) => new Compiled<T>(output.Length);

    private sealed class Compiled<T>(int length) : CompiledLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override LossSums Measure(ReadOnlySpan<T> outputs, SupervisedSet<T> set, ReadOnlySpan<int> examples, Span<T> gradient)
        {
            var share = T.One / T.CreateChecked(examples.Length);
            var loss = 0.0;
            for (var e = 0; e < examples.Length; e++)
            {
                var target = set.Targets.Slice(examples[e] * length, length);
                for (var i = 0; i < length; i++)
                {
                    var residual = outputs[(e * length) + i] - target[i];
                    loss += 0.5 * double.CreateChecked(residual) * double.CreateChecked(residual);
                    if (!gradient.IsEmpty)
                    {
                        gradient[(e * length) + i] = residual * share;
                    }
                }
            }

            return new LossSums(loss, 0, examples.Length);
        }
    }
}
