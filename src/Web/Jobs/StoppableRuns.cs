using Stepsize.Data.Recording;
using Stepsize.Training.Execution;

namespace Stepsize.Web.Jobs;

/// <summary>The runs of one training, each of which can be stopped alone. Stands between executor and recorder to see which have begun and ended.</summary>
internal sealed class StoppableRuns : IRunRecorder
{
    private readonly CohortRecorder _recorder;
    private readonly IRunRecorder? _observer;
    private readonly Dictionary<long, Entry> _entries;
    private long _made;

    /// <param name="observer">Gets what is recorded, too; null for nobody.</param>
    public StoppableRuns(CohortRecorder recorder, IReadOnlyList<CohortRun> runs, IRunRecorder? observer = null)
    {
        _recorder = recorder;
        _observer = observer;
        _entries = runs.ToDictionary(r => r.Key, _ => new Entry());
        Runs = [.. runs.Select(r => r with { Stop = _entries[r.Key].Stop.Token })];
    }

    /// <summary>What to give the executor.</summary>
    public IReadOnlyList<CohortRun> Runs { get; }

    /// <summary>Iterations recorded so far.</summary>
    public long Made => Interlocked.Read(ref _made);

    public void Started(CohortRun run, RunProvenance provenance)
    {
        Volatile.Write(ref _entries[run.Key].Begun, true);
        _recorder.Started(run, provenance);
        _observer?.Started(run, provenance);
    }

    public void Record(CohortRun run, RunSegment segment)
    {
        _recorder.Record(run, segment);
        _observer?.Record(run, segment);
        Interlocked.Add(ref _made, segment.Count);
        if (segment.Result is not null)
        {
            _entries[run.Key].Ended.TrySetResult();
        }
    }

    /// <summary>Asks the run to stop, be it there or not.</summary>
    public void Cancel(long runId)
    {
        if (_entries.TryGetValue(runId, out var entry))
        {
            entry.Stop.Cancel();
        }
    }

    /// <summary>
    /// Stops the run. Completes when its end is stored, or at once where it has not begun: it will not begin any more, and the caller ends it. Where it
    /// has ended before, nothing is done.
    /// </summary>
    /// <param name="over">Completes when nothing of the training is left.</param>
    /// <returns>Whether it was under way.</returns>
    public async Task<bool> StopAsync(long runId, Task over, CancellationToken cancellation)
    {
        if (!_entries.TryGetValue(runId, out var entry) || entry.Ended.Task.IsCompleted)
        {
            return false;
        }

        await entry.Stop.CancelAsync();
        if (!Volatile.Read(ref entry.Begun))
        {
            return false;
        }

        await Task.WhenAny(entry.Ended.Task, over).WaitAsync(cancellation);
        await _recorder.FlushAsync().WaitAsync(cancellation);
        return true;
    }

    private sealed class Entry
    {
        public bool Begun;

        /// <summary>Holds nothing to dispose, and may be cancelled after the training has ended.</summary>
        public CancellationTokenSource Stop { get; } = new();

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
