using System.Numerics;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>
/// Trains runs of one seed together on the calling thread, iteration by iteration: the loop that everything else is for. A run that ends, is stopped or
/// fails leaves the others to go on.
/// </summary>
internal sealed class LockstepTrainer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Problem<T> _problem;
    private readonly Cohort _cohort;
    private readonly IRunRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly BatchOrder _order;
    private readonly List<RunTrainer<T>> _runs = [];
    private readonly int _width;
    private readonly CancellationToken _cancellation;
    private ILockstepRun<T>[] _active = [];
    private Lockstep<T>? _lockstep;
    private T[]? _gradient;
    private EvaluationSchedule? _schedule;
    private TimeSpan _segmentLength;
    private int _count;
    private int _iteration;
    private long _lastSegment;
    private long _charged;

    /// <param name="seed">Of all runs.</param>
    /// <param name="width">Most runs that will be added.</param>
    /// <param name="cancellation">Of all runs; a run may also be stopped alone.</param>
    public LockstepTrainer(
        Problem<T> problem, Cohort cohort, int seed, int width, IRunRecorder recorder, TimeProvider time, CancellationToken cancellation)
    {
        _problem = problem;
        _cohort = cohort;
        _width = width;
        _recorder = recorder;
        _time = time;
        _cancellation = cancellation;
        _order = new BatchOrder(problem.TrainingExamples, cohort.BatchSize, seed, LastBatch.IsUsed(cohort.WorkloadOptions));
        _lastSegment = _charged = time.GetTimestamp();
    }

    /// <summary>Makes a run ready for its first iteration. One that cannot be trained ends with the error.</summary>
    /// <param name="run">Of the seed, and after as many iterations as the runs before it.</param>
    /// <param name="runner">For steps that do parts of an iteration on threads that are free.</param>
    public void Add(CohortRun run, RunProvenance provenance, IPartRunner runner)
    {
        RunTrainer<T>? trainer = null;
        try
        {
            _lockstep ??= _problem.CompileLockstep(_cohort.BatchSize, _width);
            var step = _runs.FirstOrDefault()?.Step.Sibling() ?? _problem.Compile(_cohort.BatchSize, runner);
            var gradient = _gradient ?? GC.AllocateUninitializedArray<T>(_problem.Parameters.Length, pinned: true);
            _gradient = _lockstep.SharesGradient ? gradient : null;
            trainer = new RunTrainer<T>(_problem, _cohort, run, _order, step, gradient, _time, _cancellation);
            _recorder.Started(run, provenance with { InitialWeights = trainer.InitialWeights });
            _runs.Add(trainer);
        }
        catch (Exception error)
        {
            trainer?.Dispose();
            _recorder.Record(run, RunEnding.Failed(run.ResumeFrom?.Iteration ?? 0, error));
        }
    }

    /// <summary>Ends a run that is not to be trained; what was made of it before stays.</summary>
    public void Refuse(CohortRun run, Exception reason) => _recorder.Record(run, RunEnding.Failed(run.ResumeFrom?.Iteration ?? 0, reason));

    /// <summary>Goes on to the end of all runs, or until they are stopped; what was made by then is recorded.</summary>
    public void Train()
    {
        Begin();
        while (LeaveStopped())
        {
            _iteration++;
            _lockstep!.Run(_order.Examples(_iteration), _iteration, _active.AsSpan(0, _count));
            EndIteration();
        }
    }

    /// <summary>Ends what is still under way with an error.</summary>
    public void Fail(Exception error)
    {
        foreach (var run in _runs.Where(r => !r.HasEnded))
        {
            Fail(run, error);
        }
    }

    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run.Dispose();
        }
    }

    private void Begin()
    {
        if (_runs.Count > 0)
        {
            _active = new ILockstepRun<T>[_runs.Count];
            _iteration = _runs[0].RecordedIterations;
            _schedule = new EvaluationSchedule(_cohort, _order.IterationsPerEpoch, _runs[0].Total);
            _segmentLength = SegmentLength.Of(_runs.Sum(r => (double)r.StateLength));
            DropEnded(true);
        }
    }

    /// <returns>Whether any run is left to train.</returns>
    private bool LeaveStopped()
    {
        // Asked once for all: they then stop after the same iteration, and can go on together.
        var isCancelled = _cancellation.IsCancellationRequested;
        var leaves = false;
        for (var i = 0; i < _count; i++)
        {
            if (isCancelled || At(i).Run.Stop.IsCancellationRequested)
            {
                Charge();
                At(i).Leave(_recorder);
                leaves = true;
            }
        }

        DropEnded(leaves);
        return _count > 0;
    }

    private void EndIteration()
    {
        var measures = _schedule!.Includes(_iteration);
        var records = measures || At(0).IsFull || _time.GetElapsedTime(_lastSegment) >= _segmentLength;
        if (records)
        {
            _lastSegment = _time.GetTimestamp();
        }

        var ends = false;
        for (var i = 0; i < _count; i++)
        {
            var run = At(i);
            if (records || run.IsAtItsEnd || run.Error is not null)
            {
                EndIteration(run, measures || run.IsAtItsEnd);
                ends |= run.HasEnded;
            }
        }

        DropEnded(ends);
    }

    private void EndIteration(RunTrainer<T> run, bool measures)
    {
        try
        {
            if (run.Error is { } error)
            {
                Fail(run, error);
                return;
            }

            if (measures)
            {
                Charge();
                run.Evaluate();
                run.Charge(SecondsSinceCharged());
            }

            Charge();
            if (run.IsAtItsEnd)
            {
                run.Finish(_recorder);
            }
            else
            {
                run.Record(_recorder);
            }
        }
        catch (OperationCanceledException) when (run.IsStopping)
        {
            // An evaluation was under way: the run goes on from its last segment, unless it is meant to end.
            run.Abandon(_recorder);
        }
        catch (Exception error)
        {
            Fail(run, error);
        }
    }

    private void Fail(RunTrainer<T> run, Exception error)
    {
        run.HasEnded = true;
        _recorder.Record(run.Run, RunEnding.Failed(run.RecordedIterations, error));
    }

    private void DropEnded(bool any)
    {
        if (!any)
        {
            return;
        }

        _count = 0;
        foreach (var run in _runs)
        {
            if (!run.HasEnded)
            {
                _active[_count++] = run;
            }
        }
    }

    private RunTrainer<T> At(int index) => (RunTrainer<T>)_active[index];

    /// <summary>
    /// Shares the time since the last call among the runs that it went to: to each its optimizer's steps, and of the rest the same. Together they get what went by.
    /// </summary>
    private void Charge()
    {
        var seconds = SecondsSinceCharged();
        var steps = 0.0;
        for (var i = 0; i < _count; i++)
        {
            steps += At(i).StepSeconds;
        }

        var common = Math.Max(0, seconds - steps) / _count;
        var scale = steps > seconds ? seconds / steps : 1;
        for (var i = 0; i < _count; i++)
        {
            At(i).Charge(common + (scale * At(i).StepSeconds));
        }
    }

    private double SecondsSinceCharged()
    {
        var now = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(_charged, now).TotalSeconds;
        _charged = now;
        return seconds;
    }
}
