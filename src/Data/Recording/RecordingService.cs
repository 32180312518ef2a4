using Stepsize.Data.Database;

namespace Stepsize.Data.Recording;

/// <summary>
/// Writes what all runs produce: one task takes from one queue, so that SQLite's single writer is never fought over, and commits what has gathered
/// meanwhile in one transaction, so that many small runs do not cost a disk flush each. A database that is locked, full or away is waited for.
/// </summary>
public sealed class RecordingService : IAsyncDisposable
{
    private const int MostItemsPerBatch = 256;
    private const long MostBytesPerBatch = 32 << 20;
    private readonly RecordQueue _queue;
    private readonly SegmentWriter _writer;
    private readonly DatabaseOptions _options;
    private readonly DatabasePatience _patience;
    private readonly CancellationTokenSource _closing = new(); // Holds nothing to dispose.
    private readonly Task _writing;

    internal RecordingService(
        SegmentWriter writer, DatabaseOptions options, DatabasePatience patience, long capacityBytes = 128 << 20, int capacityItems = 1024)
    {
        _writer = writer;
        _options = options;
        _patience = patience;
        _queue = new RecordQueue(capacityBytes, capacityItems);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>A recorder for the runs of one cohort.</summary>
    /// <param name="committed">Called, from any thread, after each commit that holds something of the cohort.</param>
    /// <param name="stop">Cancelled when the training is to stop: what the database does not take then is not waited for.</param>
    public CohortRecorder Open(Action committed, CancellationToken stop) => new(_queue, committed, stop, fence: null, _ => { });

    /// <summary>A recorder for the runs of a cohort that is trained under a claim.</summary>
    /// <param name="committed">Called, from any thread, after each commit that holds something of the cohort.</param>
    /// <param name="stop">Cancelled when the training is to stop.</param>
    /// <param name="lost">
    /// Called, from any thread, when the claim is found not to hold any more: for one run, or with null for all. Nothing of it is written from then on.
    /// </param>
    public CohortRecorder Open(Action committed, CancellationToken stop, CohortFence fence, Action<long?> lost) => new(_queue, committed, stop, fence, lost);

    /// <summary>Writes what is queued, then stops. What the database does not take now is given up: its runs go on later from their last stored checkpoints.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
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
        using var attempts = _patience.Begin();
        for (var mayBeStored = false; ; mayBeStored = true)
        {
            var healthy = items.Where(i => !i.Recorder.Refuses(i)).ToArray();
            if (healthy.Length == 0 || await TryWriteAsync(healthy, mayBeStored) is not { } failure)
            {
                return;
            }

            if (failure is LostLeaseException lost)
            {
                lost.Recorder.Lose(lost.Run);
                continue;
            }

            if (!DatabaseFaults.MayPass(failure))
            {
                await WriteApartAsync(healthy, failure);
                return;
            }

            await WaitAsync(attempts, healthy, failure);
        }
    }

    /// <summary>Waits for the database, until it is worth another attempt. Trainings that are stopped meanwhile give up.</summary>
    private async Task WaitAsync(DatabasePatience.Attempts attempts, IReadOnlyList<RecordItem> items, Exception failure)
    {
        var recorders = items.Select(i => i.Recorder).Distinct().ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource([_closing.Token, .. recorders.Select(r => r.Stop)]);
        try
        {
            await attempts.PauseAsync(failure, stop.Token);
        }
        catch (OperationCanceledException)
        {
            foreach (var recorder in recorders.Where(r => _closing.IsCancellationRequested || r.Stop.IsCancellationRequested))
            {
                recorder.GiveUp();
            }
        }
    }

    private async Task WriteApartAsync(IReadOnlyList<RecordItem> items, Exception failure)
    {
        var runs = items.GroupBy(i => (i.Recorder, i.Run!.Key)).ToArray();
        if (runs.Length == 1 || DatabaseFaults.Describe(failure, _options) is not null)
        {
            Fail(items, failure);
            return;
        }

        // Something is wrong with one of the runs: the others must not fail with it.
        foreach (var run in runs)
        {
            await WriteAloneAsync([.. run]);
        }
    }

    private async Task WriteAloneAsync(IReadOnlyList<RecordItem> run)
    {
        using var attempts = _patience.Begin();
        for (var mayBeStored = false; !run[0].Recorder.HasGivenUp; mayBeStored = true)
        {
            if (await TryWriteAsync(run, mayBeStored) is not { } failure)
            {
                return;
            }

            if (failure is LostLeaseException lost)
            {
                lost.Recorder.Lose(lost.Run);
                return;
            }

            if (!DatabaseFaults.MayPass(failure))
            {
                Fail(run, failure);
                return;
            }

            await WaitAsync(attempts, run, failure);
        }
    }

    private async Task<Exception?> TryWriteAsync(IReadOnlyList<RecordItem> items, bool mayBeStored)
    {
        try
        {
            await _writer.WriteAsync(items, mayBeStored);
        }
        catch (Exception e)
        {
            // Whatever it is, it must not end the writer, on which all runs depend.
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
