using Stepsize.Training.Execution;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Records with the first, and shows the second what the first has taken.</summary>
internal sealed class RecorderPair(IRunRecorder first, IRunRecorder second) : IRunRecorder
{
    public void Started(CohortRun run, RunProvenance provenance)
    {
        first.Started(run, provenance);
        second.Started(run, provenance);
    }

    public void Record(CohortRun run, RunSegment segment)
    {
        first.Record(run, segment);
        second.Record(run, segment);
    }
}
