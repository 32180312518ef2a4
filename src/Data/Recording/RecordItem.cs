using Stepsize.Training.Execution;

namespace Stepsize.Data.Recording;

/// <summary>Something to be written: the start of a run, a segment of it, or nothing but the wish to know when all before it is written.</summary>
internal sealed class RecordItem
{
    private RecordItem(CohortRecorder recorder, CohortRun? run, RunProvenance? provenance, RunSegment? segment, TaskCompletionSource? flushed)
    {
        Recorder = recorder;
        Run = run;
        Provenance = provenance;
        Segment = segment;
        Flushed = flushed;
    }

    public CohortRecorder Recorder { get; }

    public CohortRun? Run { get; }

    public RunProvenance? Provenance { get; }

    public RunSegment? Segment { get; }

    public TaskCompletionSource? Flushed { get; }

    /// <summary>Memory it holds until it is written, about.</summary>
    public long Bytes => Segment is not { } segment ? 0
        : (3L * sizeof(float) * segment.Count) + (sizeof(double) * (segment.Iterates?.LongLength ?? 0))
            + (3L * sizeof(float) * (segment.Layers?.Gradient.LongLength ?? 0)) + (segment.Checkpoint?.State.LongLength ?? 0);

    public static RecordItem Start(CohortRecorder recorder, CohortRun run, RunProvenance provenance) => new(recorder, run, provenance, null, null);

    public static RecordItem Of(CohortRecorder recorder, CohortRun run, RunSegment segment) => new(recorder, run, null, segment, null);

    public static RecordItem Flush(CohortRecorder recorder) =>
        new(recorder, null, null, null, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
