using Stepsize.Data.Database;

namespace Stepsize.Data.Recording;

/// <summary>
/// Writes what all runs produce: one task takes from one queue, so that SQLite's single writer is never fought over, and commits what has gathered
/// meanwhile in one transaction, so that many small runs do not cost a disk flush each.
/// </summary>
public sealed class RecordingService : IAsyncDisposable
{
    private const int MostItemsPerBatch = 256;
    private const long MostBytesPerBatch = 32 << 20;
    private readonly RecordQueue _queue;
    private readonly SegmentWriter _writer;
    private readonly DatabaseOptions _options;
    private readonly Task _writing;

    internal RecordingService(SegmentWriter writer, DatabaseOptions options, long capacityBytes = 128 << 20, int capacityItems = 1024)
    {
        _writer = writer;
        _options = options;
        _queue = new RecordQueue(capacityBytes, capacityItems);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>A recorder for the runs of one cohort.</summary>
    /// <param name="committed">Called, from any thread, after each commit that holds something of the cohort.</param>
    public CohortRecorder Open(Action committed) => new(_queue, committed);

    /// <summary>Writes what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        while (await _queue.TakeAsync(MostItemsPerBatch, MostBytesPerBatch) is { Count: > 0 } batch)
        {
            var items = batch.Where(i => i.Flushed is null).ToArray();
            if (items.Length > 0)
            {
                await WriteAsync(items);
            }

            _queue.Release(batch);
            foreach (var flush in batch)
            {
                flush.Flushed?.TrySetResult();
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<RecordItem> items)
    {
        var healthy = items.Where(i => !i.Recorder.Refuses(i)).ToArray();
        if (await TryWriteAsync(healthy) is not { } failure)
        {
            return;
        }

        var runs = healthy.GroupBy(i => (i.Recorder, i.Run!.Key)).ToArray();
        if (runs.Length == 1 || DatabaseFaults.Describe(failure, _options) is not null)
        {
            Fail(healthy, failure);
            return;
        }

        // Something is wrong with one of the runs: the others must not fail with it.
        foreach (var run in runs)
        {
            if (await TryWriteAsync([.. run]) is { } reason)
            {
                Fail(run, reason);
            }
        }
    }

    private async Task<Exception?> TryWriteAsync(IReadOnlyList<RecordItem> items)
    {
        try
        {
            await _writer.WriteAsync(items);
        }
        catch (Exception e)
        {
            // Whatever it is, it ends these runs and not the writer, on which all others depend.
            return e;
        }

        foreach (var recorder in items.Select(i => i.Recorder).Distinct())
        {
            recorder.Committed();
        }

        return null;
    }

    private void Fail(IEnumerable<RecordItem> items, Exception reason)
    {
        var sentence = DatabaseFaults.Describe(reason, _options)
            ?? (reason is RecordingException ? reason.Message : $"The run's record could not be written: {reason.Message}");
        foreach (var item in items)
        {
            item.Recorder.Fail(item.Run!.Key, sentence);
        }
    }
}
