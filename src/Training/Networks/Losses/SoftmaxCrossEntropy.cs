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

    public override CompiledLoss<T> Compile<T>(Shape output, int batchSize) =>
        new Compiled<T>(output[^1], PredictionsPerExample(output), checked(output.Length * batchSize));

    private sealed class Compiled<T>(int classes, int predictionsPerExample, int length) : CompiledLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int FewClasses = 32;

        private readonly T[] _exponentials = GC.AllocateUninitializedArray<T>(length, pinned: true);
        private readonly T[] _largest = new T[length / classes];

        public override LossSums Measure(ReadOnlySpan<T> outputs, SupervisedSet<T> set, ReadOnlySpan<int> examples, Span<T> gradient)
        {
            var predictions = examples.Length * predictionsPerExample;
            long correct = 0;
            for (var row = 0; row < predictions; row++)
            {
                var scores = outputs.Slice(row * classes, classes);
                var best = ArgMax(scores);
                correct += best == Label(set, examples, row) ? 1 : 0;
                _largest[row] = scores[best];
                Subtract(scores, scores[best], _exponentials.AsSpan(row * classes, classes));
            }

            // All rows at once: a row of ten classes is too short for it to pay.
            var exponentials = _exponentials.AsSpan(0, predictions * classes);
            TensorPrimitives.Exp<T>(exponentials, exponentials);

            var share = T.One / T.CreateChecked(predictions);
            var loss = 0.0;
            for (var row = 0; row < predictions; row++)
            {
                var place = (row * classes) + Label(set, examples, row);
                var sum = Sum(exponentials.Slice(row * classes, classes));
                loss += Math.Log(double.CreateTruncating(sum)) + double.CreateTruncating(_largest[row] - outputs[place]);
                if (!gradient.IsEmpty)
                {
                    Scale(exponentials.Slice(row * classes, classes), share / sum, gradient.Slice(row * classes, classes));
                    gradient[place] -= share;
                }
            }

            return new LossSums(loss, correct, predictions);
        }

        private int Label(SupervisedSet<T> set, ReadOnlySpan<int> examples, int row) => predictionsPerExample == 1
            ? set.Labels[examples[row]]
            : set.Labels[(examples[row / predictionsPerExample] * predictionsPerExample) + (row % predictionsPerExample)];

        private static int ArgMax(ReadOnlySpan<T> scores)
        {
            if (scores.Length > FewClasses)
            {
                return TensorPrimitives.IndexOfMax(scores);
            }

            var best = 0;
            for (var c = 0; c < scores.Length && !T.IsNaN(scores[best]); c++)
            {
                best = scores[c] <= scores[best] ? best : c;
            }

            return best;
        }

        private static void Subtract(ReadOnlySpan<T> scores, T largest, Span<T> differences)
        {
            for (var c = 0; c < differences.Length; c++)
            {
                differences[c] = scores[c] - largest;
            }
        }

        private static T Sum(ReadOnlySpan<T> row)
        {
            if (row.Length > FewClasses)
            {
                return TensorPrimitives.Sum(row);
            }

            var sum = T.Zero;
            foreach (var value in row)
            {
                sum += value;
            }

            return sum;
        }

        private static void Scale(ReadOnlySpan<T> row, T factor, Span<T> scaled)
        {
            for (var c = 0; c < scaled.Length; c++)
            {
                scaled[c] = row[c] * factor;
            }
        }
    }
}
