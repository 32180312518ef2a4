using System.Collections.Concurrent;
using Stepsize.Training.Execution;

namespace Stepsize.Training.Tests.Execution;

/// <summary>Keeps what runs record, in order, for tests to look at.</summary>
internal sealed class MemoryRecorder : IRunRecorder
{
    private readonly ConcurrentDictionary<long, List<RunSegment>> _segments = new();

    /// <summary>Called after each segment, from the training thread.</summary>
    public Action<CohortRun, RunSegment>? Recorded { get; init; }

    public ConcurrentDictionary<long, RunProvenance> Provenance { get; } = new();

    public void Started(CohortRun run, RunProvenance provenance) => Provenance[run.Key] = provenance;

    public void Record(CohortRun run, RunSegment segment)
    {
        _segments.GetOrAdd(run.Key, _ => []).Add(segment);
        Recorded?.Invoke(run, segment);
    }

    public IReadOnlyList<RunSegment> Segments(long key) => _segments.TryGetValue(key, out var list) ? list : [];

    public float[] Losses(long key) => [.. Segments(key).SelectMany(s => s.Loss)];

    public float[] Stepsizes(long key) => [.. Segments(key).SelectMany(s => s.Stepsize)];

    public RunResult Result(long key) => Segments(key).Select(s => s.Result).Last(r => r is not null)!;

    public IReadOnlyList<EvaluationPoint> Evaluations(long key) => [.. Segments(key).SelectMany(s => s.Evaluations)];
}
