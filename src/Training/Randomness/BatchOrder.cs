namespace Stepsize.Training.Randomness;

/// <summary>
/// Which examples each iteration sees: every epoch a new permutation of the training set (Fisher and Yates), cut into batches; what does not fill
/// a batch is left out, as the papers' 234 iterations of 256 MNIST images. It depends on the seed and the epoch alone, so all optimizers
/// of a sweep see the same batches in the same order.
/// </summary>
public sealed class BatchOrder
{
    private readonly int[] _permutation;
    private readonly int _batchSize;
    private readonly long _seed;
    private int _epoch = -1;

    public BatchOrder(int examples, int batchSize, long seed)
    {
        _permutation = new int[examples];
        _batchSize = batchSize;
        _seed = seed;
        IterationsPerEpoch = examples / batchSize;
    }

    public int IterationsPerEpoch { get; }

    /// <summary>Indices of the examples of an iteration, counted from 1. The span is valid until the next call.</summary>
    public ReadOnlySpan<int> Examples(int iteration)
    {
        var (epoch, position) = Math.DivRem(iteration - 1, IterationsPerEpoch);
        if (epoch != _epoch)
        {
            Shuffle(epoch);
        }

        return _permutation.AsSpan(position * _batchSize, _batchSize);
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
