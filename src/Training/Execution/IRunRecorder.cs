namespace Stepsize.Training.Execution;

/// <summary>
/// Takes what runs produce. Called from training threads, for one run always from one thread at a time; must return soon
/// (queue, then write elsewhere), for the run waits. What it throws fails the run.
/// </summary>
public interface IRunRecorder
{
    /// <summary>The run begins, or goes on from its checkpoint.</summary>
    void Started(CohortRun run, RunProvenance provenance);

    /// <summary>A stretch of the run; the last one has a result.</summary>
    void Record(CohortRun run, RunSegment segment);
}
