using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Stepsize.Training.Datasets;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Networks.Losses;

/// <summary>
/// −log softmax(z)_label over the last axis, in the mean over all predictions. The prediction is the largest score, the first of equal ones; NaN
/// counts as larger than any number, as PyTorch's argmax has it, so a network whose scores all are NaN answers class 0.
/// </summary>
/// <param name="countsTopFive">Whether evaluation counts the five largest scores too: of equal scores the first come first, and NaN comes before numbers.</param>
public sealed class SoftmaxCrossEntropy(bool countsTopFive = false) : Loss
{
    public override bool Classifies => true;

    public override bool CountsTopFive => countsTopFive;

    public override int PredictionsPerExample(Shape output) => output.Length / output[^1];

    public override CompiledLoss<T> Compile<T>(Shape output, int batchSize) =>
        new Compiled<T>(output[^1], PredictionsPerExample(output), checked(output.Length * batchSize), countsTopFive);

    private sealed class Compiled<T>(int classes, int predictionsPerExample, int length, bool countsTopFive) : CompiledLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>Up to so many a plain loop is faster than calling a vectorised one.</summary>
        private const int FewClasses = 32;

        private readonly T[] _exponentials = GC.AllocateUninitializedArray<T>(length, pinned: true);
        private readonly int[] _best = new int[length / classes];
        private readonly T[] _sums = new T[length / classes];
        private readonly T[] _logarithms = new T[length / classes];

        public override LossSums Measure(ReadOnlySpan<T> outputs, SupervisedSet<T> set, ReadOnlySpan<int> examples, Span<T> gradient)
        {
            var predictions = examples.Length * predictionsPerExample;
            var exponentials = _exponentials.AsSpan(0, predictions * classes);
            for (var row = 0; row < predictions; row++)
            {
                _best[row] = SubtractLargest(outputs.Slice(row * classes, classes), exponentials.Slice(row * classes, classes));
            }

            // All rows at once: a row of ten classes is too short for it to pay.
            Exponentiate(exponentials);

            var sums = _sums.AsSpan(0, predictions);
            for (var row = 0; row < predictions; row++)
            {
                sums[row] = Sum(exponentials.Slice(row * classes, classes));
            }

            var logarithms = _logarithms.AsSpan(0, predictions);
            TensorPrimitives.Log<T>(sums, logarithms);
            return Finish(outputs, set.Labels, examples, gradient);
        }

        private static void Exponentiate(Span<T> values)
        {
            if (typeof(T) == typeof(float))
            {
                var floats = MemoryMarshal.Cast<T, float>(values);
                Exponential.Of(InstructionSets.Best, floats, floats);
                return;
            }

            TensorPrimitives.Exp<T>(values, values);
        }

        private LossSums Finish(ReadOnlySpan<T> outputs, ReadOnlySpan<int> labels, ReadOnlySpan<int> examples, Span<T> gradient)
        {
            var predictions = examples.Length * predictionsPerExample;
            var share = T.One / T.CreateTruncating(predictions);
            var loss = 0.0;
            long correct = 0;
            long correctInFive = 0;
            for (var row = 0; row < predictions; row++)
            {
                var scores = outputs.Slice(row * classes, classes);
                var label = predictionsPerExample == 1
                    ? labels[examples[row]]
                    : labels[(examples[row / predictionsPerExample] * predictionsPerExample) + (row % predictionsPerExample)];
                var best = T.IsNaN(_sums[row]) ? LargestValue.IndexOf(scores) : _best[row];
                correct += best == label ? 1 : 0;
                loss += double.CreateTruncating(_logarithms[row] + (scores[best] - scores[label]));
                if (gradient.IsEmpty)
                {
                    correctInFive += countsTopFive && Rank(scores, label) < 5 ? 1 : 0;
                }
                else
                {
                    var slopes = gradient.Slice(row * classes, classes);
                    Scale(_exponentials.AsSpan(row * classes, classes), share / _sums[row], slopes);
                    slopes[label] -= share;
                }
            }

            return new LossSums(loss, correct, predictions, correctInFive);
        }

        /// <summary>Scores that come before the label's.</summary>
        private static int Rank(ReadOnlySpan<T> scores, int label)
        {
            var rank = 0;
            var own = scores[label];
            for (var c = 0; c < scores.Length; c++)
            {
                var comesFirst = T.IsNaN(own) ? T.IsNaN(scores[c]) && c < label : T.IsNaN(scores[c]) || scores[c] > own || (scores[c] == own && c < label);
                rank += comesFirst ? 1 : 0;
            }

            return rank;
        }

        /// <summary>Differences to the largest score, and its place: the first of equal ones. NaN and infinities show in the sum of exponentials, and are looked at there.</summary>
        private static int SubtractLargest(ReadOnlySpan<T> scores, Span<T> differences)
        {
            var best = 0;
            var largest = scores[0];
            for (var c = 1; c < scores.Length; c++)
            {
                if (scores[c] > largest)
                {
                    largest = scores[c];
                    best = c;
                }
            }

            for (var c = 0; c < differences.Length; c++)
            {
                differences[c] = scores[c] - largest;
            }

            return best;
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
            for (var c = 0; c < row.Length; c++)
            {
                scaled[c] = row[c] * factor;
            }
        }
    }
}
