using System.Threading.Channels;

namespace Stepsize.Data.Recording;

/// <summary>
/// What waits to be written. Bounded by memory, not by count alone, for a checkpoint may be a kilobyte or a hundred megabytes; a training thread that
/// would go past the bound waits, so that a slow disk slows training instead of filling memory.
/// </summary>
internal sealed class RecordQueue(long capacityBytes, int capacityItems)
{
    private readonly Channel<RecordItem> _items = Channel.CreateUnbounded<RecordItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly object _gate = new();
    private long _bytes;
    private int _count;

    /// <summary>
    /// Adds an item, waiting for room. Called from training threads, which have nothing else to do: so the wait blocks. Where its recorder gives up meanwhile,
    /// the item is dropped.
    /// </summary>
    /// <exception cref="InvalidOperationException">The program is ending and nothing is written any more.</exception>
    public void Add(RecordItem item)
    {
        lock (_gate)
        {
            // An item larger than the whole bound goes in alone.
            while (_count > 0 && (_bytes + item.Bytes > capacityBytes || _count >= capacityItems))
            {
                Monitor.Wait(_gate);
                if (item.Recorder.HasGivenUp)
                {
                    return;
                }
            }

            _bytes += item.Bytes;
            _count++;
        }

        Post(item);
    }

    /// <summary>Adds an item that holds no memory, without waiting.</summary>
    public void Post(RecordItem item)
    {
        if (!_items.Writer.TryWrite(item))
        {
            throw new InvalidOperationException("The recorder is closed.");
        }
    }

    /// <summary>Waits for items and takes those there are, up to a batch.</summary>
    /// <returns>Empty when the queue is closed and everything was taken.</returns>
    public async Task<IReadOnlyList<RecordItem>> TakeAsync(int most, long mostBytes)
    {
        var batch = new List<RecordItem>();
        if (await _items.Reader.WaitToReadAsync())
        {
            var bytes = 0L;
            while (batch.Count < most && bytes < mostBytes && _items.Reader.TryRead(out var item))
            {
                batch.Add(item);
                bytes += item.Bytes;
            }
        }

        return batch;
    }

    /// <summary>Gives back the room of items that were added and are now written.</summary>
    public void Release(IReadOnlyList<RecordItem> items)
    {
        lock (_gate)
        {
            foreach (var item in items.Where(i => i.Flushed is null))
            {
                _bytes -= item.Bytes;
                _count--;
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets those who wait for room see that their recorder has given up.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    public void Close() => _items.Writer.TryComplete();
}
