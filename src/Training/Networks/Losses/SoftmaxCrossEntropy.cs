using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Datasets;

namespace Stepsize.Training.Networks.Losses;

/// <summary>
/// −log softmax(z)_label over the last axis, in the mean over all predictions. The prediction is the largest score, the first of equal ones; NaN
/// counts as larger than any number, as PyTorch's argmax has it, so a network whose scores all are NaN answers class 0.
/// </summary>
public sealed class SoftmaxCrossEntropy : Loss
{
    public override bool Classifies => true;

    public override int PredictionsPerExample(Shape output) => output.Length / output[^1];

    public override CompiledLoss<T> Compile<T>(Shape output) => new Compiled<T>(output[^1], PredictionsPerExample(output));

    private sealed class Compiled<T>(int classes, int predictionsPerExample) : CompiledLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _probabilities = new T[classes];

        public override LossSums Measure(ReadOnlySpan<T> outputs, SupervisedSet<T> set, ReadOnlySpan<int> examples, Span<T> gradient)
        {
            var predictions = examples.Length * predictionsPerExample;
            var share = T.One / T.CreateChecked(predictions);
            var loss = 0.0;
            long correct = 0;
            for (var e = 0; e < examples.Length; e++)
            {
                for (var p = 0; p < predictionsPerExample; p++)
                {
                    var row = ((e * predictionsPerExample) + p) * classes;
                    var scores = outputs.Slice(row, classes);
                    var label = set.Labels[(examples[e] * predictionsPerExample) + p];
                    var best = ArgMax(scores);
                    correct += best == label ? 1 : 0;
                    var logSum = Softmax(scores, scores[best], out var sum);
                    loss += double.CreateChecked(logSum - scores[label]);
                    if (!gradient.IsEmpty)
                    {
                        var g = gradient.Slice(row, classes);
                        TensorPrimitives.Multiply(_probabilities, share / sum, g);
                        g[label] -= share;
                    }
                }
            }

            return new LossSums(loss, correct, predictions);
        }

        private T Softmax(ReadOnlySpan<T> scores, T largest, out T sum)
        {
            TensorPrimitives.Subtract(scores, largest, _probabilities);
            TensorPrimitives.Exp<T>(_probabilities, _probabilities);
            sum = TensorPrimitives.Sum<T>(_probabilities);
            return largest + T.Log(sum);
        }

        private static int ArgMax(ReadOnlySpan<T> scores)
        {
            var best = 0;
            for (var c = 0; c < scores.Length; c++)
            {
                if (T.IsNaN(scores[c]))
                {
                    return c;
                }

                best = scores[c] > scores[best] ? c : best;
            }

            return best;
        }
    }
}
