using System.Collections.Concurrent;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Engine.Benchmarks;

/// <summary>Trains a case with the real executor for some seconds, then cancels it.</summary>
internal sealed class EngineMeter(TrainingPool pool, CpuExecutor executor, int runsOfACore)
{
    public static (TrainingPool Pool, CpuExecutor Executor) Create(int cores, string datasets)
    {
        var pool = new TrainingPool(cores);
        return (pool, new CpuExecutor(pool, new DatasetFolders([datasets]), TimeProvider.System));
    }

    public async Task<EngineSample> MeasureAsync(BenchmarkCase benchmark, TimeSpan duration)
    {
        var sweep = SpecificationReader.Parse(benchmark.Specification(pool.Threads, runsOfACore));
        var runs = sweep.Expand().Select((configuration, key) => new CohortRun(key, configuration)).ToArray();
        var counter = new Counter();
        using var cancellation = new CancellationTokenSource();
        var training = executor.TrainAsync(Cohort.Of(sweep, runs), counter, cancellation.Token);
        await Task.WhenAny(counter.Started(pool.Threads), training);

        // Runs that are trained together start one after another, and allocate what they need.
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1)), training);
        var allocated = GC.GetTotalAllocatedBytes();
        await Task.WhenAny(Task.Delay(duration), training);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        await cancellation.CancelAsync();
        await training;
        if (counter.Error is { } error)
        {
            throw new InvalidOperationException(error);
        }

        return new EngineSample(counter.IterationsPerSecond, allocated / Math.Max(1.0, counter.Iterations), Environment.WorkingSet);
    }

    private sealed class Counter : IRunRecorder
    {
        private readonly ConcurrentDictionary<long, (long Began, long Ended, long Iterations)> _runs = [];
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _awaited = int.MaxValue;

        public string? Error { get; private set; }

        public long Iterations => _runs.Values.Sum(r => r.Iterations);

        /// <summary>Speeds of the runs, each over its own time, added up.</summary>
        public double IterationsPerSecond => _runs.Values.Sum(r => r.Iterations / TimeProvider.System.GetElapsedTime(r.Began, r.Ended).TotalSeconds);

        /// <summary>Until each thread trains: where runs are not trained together, no more than one each ever will be.</summary>
        public Task Started(int runs)
        {
            _awaited = runs;
            Started();
            return _started.Task;
        }

        public void Started(CohortRun run, RunProvenance provenance)
        {
            var now = TimeProvider.System.GetTimestamp();
            _runs[run.Key] = (now, now + 1, 0);
            Started();
        }

        public void Record(CohortRun run, RunSegment segment)
        {
            Error ??= segment.Result?.Error;
            if (_runs.TryGetValue(run.Key, out var counted))
            {
                _runs[run.Key] = (counted.Began, TimeProvider.System.GetTimestamp(), counted.Iterations + segment.Count);
            }
        }

        private void Started()
        {
            if (_runs.Count >= _awaited)
            {
                _started.TrySetResult();
            }
        }
    }
}

/// <param name="AllocatedBytes">An iteration, of everything the process allocated meanwhile.</param>
/// <param name="WorkingSetBytes">Of the whole process, data included.</param>
internal sealed record EngineSample(double IterationsPerSecond, double AllocatedBytes, long WorkingSetBytes);
