using System.Collections.Concurrent;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Recording;

/// <summary>
/// The recorder of one cohort. It checks that each segment follows the one before and queues it; one writer commits the segments of all cohorts.
/// While the database is locked, full or away they wait, and so does training once the queue is full; a training that is stopped meanwhile gives up what is not
/// written, and goes on later from the last checkpoint that is. A run whose segment cannot be written for another reason fails at its next one, with the reason.
/// Where the training's fence does not hold any more, what it records is dropped in silence, and no run fails.
/// </summary>
public sealed class CohortRecorder : IRunRecorder
{
    private readonly RecordQueue _queue;
    private readonly Action _committed;
    private readonly CancellationToken _stop;
    private readonly Action<long?> _lost;
    private readonly ConcurrentDictionary<long, Progress> _runs = new();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal CohortRecorder(RecordQueue queue, Action committed, CancellationToken stop, CohortFence? fence, Action<long?> lost)
    {
        Fence = fence;
        _lost = lost;
        _queue = queue;
        _committed = committed;
        _stop = stop;
    }

    /// <summary>Why a run's record could not be written; null where nothing failed.</summary>
    public string? FirstFailure => _runs.Values.Select(p => p.Failure).FirstOrDefault(f => f is not null);

    /// <summary>Null where nobody else can have a claim to the runs.</summary>
    internal CohortFence? Fence { get; }

    /// <summary>Cancelled when the training is to stop.</summary>
    internal CancellationToken Stop => _stop;

    /// <summary>Whether the training was stopped while the database could not be written: nothing of it is written any more.</summary>
    internal bool HasGivenUp => _givenUp.Task.IsCompleted;

    /// <exception cref="RecordingException">Nothing can be stored for the run.</exception>
    public void Started(CohortRun run, RunProvenance provenance)
    {
        if (HasGivenUp)
        {
            return;
        }

        _runs[run.Key] = new Progress { LastIteration = run.ResumeFrom?.Iteration ?? 0 };
        _queue.Add(RecordItem.Start(this, run, provenance));
    }

    /// <exception cref="RecordingException">An earlier segment could not be stored; a segment that ends the run as failed is taken all the same.</exception>
    /// <exception cref="ArgumentException">The segment does not follow the one before, or its columns differ in length.</exception>
    public void Record(CohortRun run, RunSegment segment)
    {
        if (HasGivenUp)
        {
            return;
        }

        // A run that fails before its first iteration, such as one whose checkpoint does not fit, ends without having started.
        var progress = _runs.GetOrAdd(run.Key, _ => new Progress { LastIteration = run.ResumeFrom?.Iteration ?? 0 });
        if (progress.IsLost)
        {
            return;
        }

        if (progress.Failure is { } failure)
        {
            segment = segment.Result is { Outcome: RunOutcome.Failed } result ? Ended(result with { Error = failure }) : throw new RecordingException(failure);
        }

        Check(segment, progress.LastIteration);
        progress.LastIteration += segment.Count;
        _queue.Add(RecordItem.Of(this, run, segment));
    }

    /// <summary>Completes when everything recorded before the call is committed, has failed or was given up.</summary>
    public Task FlushAsync()
    {
        if (HasGivenUp)
        {
            return Task.CompletedTask;
        }

        var flush = RecordItem.Flush(this);
        _queue.Post(flush);
        return Task.WhenAny(flush.Flushed!.Task, _givenUp.Task);
    }

    /// <summary>Whether the item must not be written, because one before it of its run was not; the run's end as failed is written unless all is given up.</summary>
    internal bool Refuses(RecordItem item) => HasGivenUp || IsLost(item) || HasFailed(item);

    private bool IsLost(RecordItem item) => _runs.TryGetValue(item.Run!.Key, out var progress) && progress.IsLost;

    private bool HasFailed(RecordItem item) =>
        _runs.TryGetValue(item.Run!.Key, out var progress) && progress.Failure is not null
        && item.Segment is not { Count: 0, Result.Outcome: RunOutcome.Failed };

    internal void GiveUp()
    {
        _givenUp.TrySetResult();
        _queue.Wake();
    }

    /// <summary>Nothing of the run, or of the whole cohort, is written any more.</summary>
    internal void Lose(long? runKey)
    {
        if (runKey is null)
        {
            GiveUp();
        }
        else if (_runs.TryGetValue(runKey.Value, out var progress))
        {
            progress.IsLost = true;
        }

        _lost(runKey);
    }

    internal void Fail(long runKey, string reason)
    {
        if (_runs.TryGetValue(runKey, out var progress))
        {
            progress.Failure = reason;
        }
    }

    internal void Committed() => _committed();

    private static void Check(RunSegment segment, int lastIteration)
    {
        if (segment.Accuracy.Length != segment.Count || segment.Stepsize.Length != segment.Count)
        {
            throw new ArgumentException("The columns of a segment have one length.", nameof(segment));
        }

        if (segment.Layers is { } layers && new[] { layers.Gradient, layers.Update, layers.Stepsize }.Any(c => c.Length != layers.Count * segment.Count))
        {
            throw new ArgumentException("A column of layers has a number for each layer and iteration of the segment.", nameof(segment));
        }

        if (segment.Count > 0 && segment.FirstIteration != lastIteration + 1)
        {
            throw new ArgumentException($"The segment begins at iteration {segment.FirstIteration}; the next is {lastIteration + 1}.", nameof(segment));
        }

        if (segment.Checkpoint is { } checkpoint && checkpoint.Iteration != lastIteration + segment.Count)
        {
            throw new ArgumentException($"The checkpoint is at iteration {checkpoint.Iteration}, not at the segment's end.", nameof(segment));
        }
    }

    private static RunSegment Ended(RunResult result) => new(0, [], [], [], null, [], null, result);

    private sealed class Progress
    {
        /// <summary>Last iteration queued; written by the run's thread alone.</summary>
        public int LastIteration { get; set; }

        /// <summary>Set by the writer, read by the run's thread.</summary>
        public volatile string? Failure;

        /// <summary>Set by the writer, read by the run's thread.</summary>
        public volatile bool IsLost;
    }
}
