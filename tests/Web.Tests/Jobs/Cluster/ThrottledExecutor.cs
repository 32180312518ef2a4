using Stepsize.Training.Execution;

namespace Stepsize.Web.Tests.Jobs.Cluster;

/// <summary>Stands in for a machine of its own: trains one run after the other, each for a fixed time in which it computes nothing.</summary>
internal sealed class ThrottledExecutor(TimeSpan perRun, int iterations) : IExecutor
{
    public string Device => "throttled";

    public async Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
    {
        foreach (var run in cohort.Runs)
        {
            recorder.Started(run, new RunProvenance("throttled 1", Device, new Dictionary<string, string>(StringComparer.Ordinal), "00"));
            await Task.Delay(perRun, cancellation);
            float[] column = [.. Enumerable.Range(1, iterations).Select(i => (float)i)];
            recorder.Record(run, new RunSegment(1, column, column, column, null, [], null, new RunResult(RunOutcome.Finished, iterations, null, perRun.TotalSeconds)));
        }
    }
}
