using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>
/// Stands in for training: every run makes as many iterations as it is allowed, one segment each, all numbers being the iteration's. Without a permit it
/// waits, so that a test can stop a sweep at a moment it chooses.
/// </summary>
internal sealed class SteppedExecutor(int iterations) : IExecutor
{
    private readonly SemaphoreSlim _permits = new(0);
    private int _training;

    public string Device => "steps";

    /// <summary>Cohorts being trained now.</summary>
    public int Training => Volatile.Read(ref _training);

    /// <summary>Sweeps begun, by name of the optimizer's first value: for the order.</summary>
    public List<long> FirstRuns { get; } = [];

    /// <summary>How many runs each training was given.</summary>
    public List<int> CohortSizes { get; } = [];

    /// <summary>Thrown by every training instead of training.</summary>
    public Exception? Fault { get; init; }

    public void Allow(int segments) => _permits.Release(segments);

    public async Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        lock (FirstRuns)
        {
            FirstRuns.Add(cohort.Runs[0].Key);
            CohortSizes.Add(cohort.Runs.Count);
        }

        Interlocked.Increment(ref _training);
        try
        {
            await Task.WhenAll(cohort.Runs.Select(run => Task.Run(() => TrainAsync(run, recorder, cancellation), CancellationToken.None)));
        }
        finally
        {
            Interlocked.Decrement(ref _training);
        }
    }

    private async Task TrainAsync(CohortRun run, IRunRecorder recorder, CancellationToken cancellation)
    {
        if (run.Stop.IsCancellationRequested)
        {
            return;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, run.Stop);
        var made = run.ResumeFrom?.Iteration ?? 0;
        if (run.ResumeFrom is { } checkpoint && BitConverter.ToInt32(checkpoint.State) != made)
        {
            throw new InvalidInputException("checkpoint", "is not the one that was recorded.");
        }

        recorder.Started(run, new RunProvenance("steps 1", Device, new Dictionary<string, string>(StringComparer.Ordinal), "00"));
        while (made < iterations)
        {
            try
            {
                await _permits.WaitAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                if (run.Stop.IsCancellationRequested)
                {
                    recorder.Record(run, new RunSegment(made + 1, [], [], [], null, [], null, new RunResult(RunOutcome.CutShort, made, null, made)));
                }

                return;
            }

            made++;
            var result = made == iterations ? new RunResult(RunOutcome.Finished, made, null, made) : null;
            recorder.Record(run, new RunSegment(made, [made], [made], [made], null, [], new RunCheckpoint(made, BitConverter.GetBytes(made), made), result));
        }
    }
}
