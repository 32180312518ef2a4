namespace Stepsize.Training.Randomness;

/// <summary>
/// Which examples each iteration sees: every epoch a new permutation of the training set (Fisher and Yates), cut into batches; what does not fill
/// a batch is left out, as in the 234 iterations of 256 MNIST images of Ward, Wu and Bottou (2020), or is a smaller last batch, as in Keras' 469 of 128. It depends on
/// the seed and the epoch alone, so all optimizers of a sweep see the same batches in the same order.
/// </summary>
public sealed class BatchOrder
{
    private readonly int[] _permutation;
    private readonly int _batchSize;
    private readonly long _seed;
    private int _epoch = -1;

    /// <param name="usesLast">Whether an epoch ends with a smaller batch where examples are left over.</param>
    public BatchOrder(int examples, int batchSize, long seed, bool usesLast = false)
    {
        _permutation = new int[examples];
        _batchSize = batchSize;
        _seed = seed;
        IterationsPerEpoch = Batches(examples, batchSize, usesLast);
    }

    public int IterationsPerEpoch { get; }

    /// <summary>Batches of an epoch.</summary>
    public static int Batches(int examples, int batchSize, bool usesLast) =>
        (examples / batchSize) + (usesLast && examples % batchSize > 0 ? 1 : 0);

    /// <summary>Examples of an iteration, counted from 1: the batch size, but in a smaller last batch.</summary>
    public int SizeOf(int iteration) => Math.Min(_batchSize, _permutation.Length - ((iteration - 1) % IterationsPerEpoch * _batchSize));

    /// <summary>Indices of the examples of an iteration, counted from 1. The span is valid until the next call.</summary>
    public ReadOnlySpan<int> Examples(int iteration)
    {
        var (epoch, position) = Math.DivRem(iteration - 1, IterationsPerEpoch);
        if (epoch != _epoch)
        {
            Shuffle(epoch);
        }

        return _permutation.AsSpan(position * _batchSize, SizeOf(iteration));
    }

    private void Shuffle(int epoch)
    {
        for (var i = 0; i < _permutation.Length; i++)
        {
            _permutation[i] = i;
        }

        // A full batch holds every example whatever their order, and sums in a fixed order repeat to the bit.
        if (_batchSize < _permutation.Length)
        {
            var random = new RandomStream(_seed, RandomPurpose.BatchOrder, epoch);
            for (var i = _permutation.Length - 1; i > 0; i--)
            {
                var j = random.NextBelow(i + 1);
                (_permutation[i], _permutation[j]) = (_permutation[j], _permutation[i]);
            }
        }

        _epoch = epoch;
    }
}
