namespace Stepsize.Training.Workloads;

/// <summary>
/// The order in which windows of one long sequence are read: the sequence is cut into as many equal stretches as a batch has examples, and iteration i
/// of an epoch has window i of each. What does not fill the stretches is left out.
/// </summary>
internal sealed class WindowOrder(int windows, int batchSize)
{
    private readonly int[] _examples = new int[batchSize];
    private readonly int _perStretch = windows / batchSize;

    /// <summary>Of one time through the sequence.</summary>
    public int Iterations => _perStretch;

    /// <summary>Whether the iteration, counted from 1, begins an epoch, and with it the sequence.</summary>
    public bool IsFirst(int iteration) => (iteration - 1) % _perStretch == 0;

    /// <summary>Windows of an iteration. The span is valid until the next call.</summary>
    public ReadOnlySpan<int> Examples(int iteration)
    {
        var place = (iteration - 1) % _perStretch;
        for (var i = 0; i < batchSize; i++)
        {
            _examples[i] = (i * _perStretch) + place;
        }

        return _examples;
    }

    /// <summary>Windows that do not fill the stretches, fewer than a batch.</summary>
    public ReadOnlySpan<int> Rest()
    {
        var count = windows - (batchSize * _perStretch);
        for (var i = 0; i < count; i++)
        {
            _examples[i] = windows - count + i;
        }

        return _examples.AsSpan(0, count);
    }
}
