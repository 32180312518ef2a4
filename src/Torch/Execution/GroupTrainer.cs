using System.Numerics;
using Stepsize.Torch.Devices;
using Stepsize.Torch.Networks;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;
using static TorchSharp.torch;

namespace Stepsize.Torch.Execution;

/// <summary>
/// Trains a group of runs as one program on the calling thread, iteration by iteration. A run that ends or is stopped leaves the others to go on; its rows are
/// dropped when more than one in eight has ended.
/// </summary>
internal sealed class GroupTrainer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Ended runs are computed on, unseen, until there are so many: dropping them copies all that is left.</summary>
    private const int EndedShare = 8;

    private readonly NetworkProblem<T> _problem;
    private readonly Cohort _cohort;
    private readonly IRunRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly BatchOrder _order;
    private readonly int _total;
    private readonly EvaluationSchedule _schedule;
    private readonly GroupState<T> _state;
    private readonly IterationColumns _columns;
    private readonly StepContext<double> _context;
    private List<TrackedRun> _runs;
    private TimeSpan _segmentLength;
    private Tensor _known;
    private int _iteration;
    private long _lastSegment;
    private long _charged;

    /// <param name="runs">One of <see cref="RunGroups"/>.</param>
    public GroupTrainer(
        NetworkProblem<T> problem, ProblemData<T> data, Cohort cohort, IReadOnlyList<CohortRun> runs, TorchDevice device, IRunRecorder recorder, TimeProvider time,
        CancellationToken cancellation)
    {
        _problem = problem;
        _cohort = cohort;
        _recorder = recorder;
        _time = time;
        _cancellation = cancellation;
        _order = new BatchOrder(problem.TrainingExamples, cohort.BatchSize, runs[0].Configuration.Seed, LastBatch.IsUsed(cohort.WorkloadOptions));
        _total = cohort.IterationsOf(_order);
        _schedule = new EvaluationSchedule(cohort, _order.IterationsPerEpoch, _total);
        _lastSegment = _charged = time.GetTimestamp();
        _state = new GroupState<T>(problem, data, cohort, runs, device);
        _columns = new IterationColumns(device.Device);
        _runs = [.. runs.Select(r => new TrackedRun(r, cohort.RecordIterates))];
        _iteration = _runs[0].Recorded;
        _known = zeros(_runs.Count, dtype: ScalarType.Bool, device: device.Device);
        _segmentLength = SegmentLength.Of(_state.Bytes);
        _context = new StepContext<double>
        {
            IterationsPerEpoch = _order.IterationsPerEpoch,
            TotalIterations = _total,
            LossAt = _ => throw new NotSupportedException("Line searches are not trained in programs of many runs."),
        };
    }

    /// <summary>The flat parameters that every run starts from.</summary>
    public T[] InitialWeights => _state.Program.InitialWeights;

    /// <summary>Says that the runs begin, and sets those that go on to their checkpoints. One that cannot go on ends with the error.</summary>
    public void Begin(RunProvenance provenance)
    {
        for (var row = 0; row < _runs.Count; row++)
        {
            var run = _runs[row];
            try
            {
                if (run.Run.ResumeFrom is { } checkpoint)
                {
                    _state.Restore(row, run, checkpoint);
                }
            }
            catch (Training.Faults.InvalidInputException fault)
            {
                run.Fail(_recorder, fault);
                continue;
            }

            _recorder.Started(run.Run, provenance);
        }

        DropEnded(force: true);
        RememberKnown();
    }

    /// <summary>Goes on to the end of all runs, or until they are stopped; what was made by then is recorded.</summary>
    public void Train()
    {
        while (LeaveStopped())
        {
            _iteration++;
            EndIteration(Step());
        }
    }

    /// <summary>Ends what is still under way with an error.</summary>
    public void Fail(Exception error)
    {
        foreach (var run in _runs.Where(r => !r.HasEnded))
        {
            run.Fail(_recorder, error);
        }
    }

    public void Dispose()
    {
        _state.Dispose();
        _columns.Dispose();
        _known.Dispose();
    }

    /// <returns>Whether any run is left to train.</returns>
    private bool LeaveStopped()
    {
        // Asked once for all: they then stop after the same iteration, and can go on together.
        var isCancelled = _cancellation.IsCancellationRequested;
        if (isCancelled || _runs.Exists(r => !r.HasEnded && r.Run.Stop.IsCancellationRequested))
        {
            Fetch();
            Charge();
            var states = isCancelled ? _state.Save(_runs) : null;
            for (var row = 0; row < _runs.Count; row++)
            {
                Leave(_runs[row], states?[row]);
            }

            DropEnded(force: false);
        }

        return _runs.Exists(r => !r.HasEnded);
    }

    /// <summary>Leaves a run where it is: for good if it was stopped alone, else to be gone on with.</summary>
    private void Leave(TrackedRun run, byte[]? state)
    {
        if (run.HasEnded || (state is null && !run.Run.Stop.IsCancellationRequested))
        {
            return;
        }

        if (run.Run.Stop.IsCancellationRequested)
        {
            run.Record(_recorder, null, new RunResult(RunOutcome.CutShort, _iteration, run.FirstBadIteration, run.Seconds));
        }
        else if (run.Iteration > run.Recorded)
        {
            run.Record(_recorder, state, null);
        }

        run.HasEnded = true;
    }

    /// <summary>Makes an iteration of all runs.</summary>
    /// <returns>Whether one of them became NaN or infinite in it.</returns>
    private bool Step()
    {
        using var scope = NewDisposeScope();
        var (loss, accuracy) = _state.Program.Run(_order.Examples(_iteration), _iteration);
        _context.Iteration = _iteration;
        _context.BatchSize = _order.SizeOf(_iteration);
        var stepsize = _state.Step(loss, _context);
        _columns.Add(loss, accuracy, stepsize);
        if (_iteration == 1)
        {
            RememberFirstLosses(loss);
        }

        if (_cohort.RecordIterates)
        {
            KeepIterates();
        }

        // Read back in every iteration: a run must be measured with the parameters that it has after its first bad one.
        var bad = (loss.isfinite() & _state.AreFinite()).logical_not() & _known.logical_not();
        if (!bad.any().item<bool>())
        {
            return false;
        }

        var rows = Numbers.Download<float>(bad.to(ScalarType.Float32));
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row] != 0 && !_runs[row].HasEnded)
            {
                _runs[row].FirstBadIteration ??= _iteration;
            }
        }

        RememberKnown();
        return true;
    }

    private void EndIteration(bool hasBad)
    {
        var measures = _schedule.Includes(_iteration);
        var records = measures || _time.GetElapsedTime(_lastSegment) >= _segmentLength;
        if (records || _columns.IsFull || hasBad)
        {
            Fetch();
        }

        if (records)
        {
            _lastSegment = _time.GetTimestamp();
        }

        if (!records && !hasBad)
        {
            return;
        }

        long[] ending = [.. Rows(r => _iteration == _total || (r.FirstBadIteration is not null && _cohort.StopWhenDiverged))];
        if (Evaluate(measures ? [.. Rows(_ => true)] : ending))
        {
            Record(ending, records);
        }
    }

    /// <returns>Whether it was done, and not cancelled: the runs then go on from their last segments.</returns>
    private bool Evaluate(long[] rows)
    {
        if (rows.Length == 0)
        {
            return true;
        }

        Charge();
        try
        {
            var evaluations = _state.Program.Evaluate(rows, _cancellation);
            for (var i = 0; i < rows.Length; i++)
            {
                _runs[(int)rows[i]].Add(new EvaluationPoint(_iteration, (double)_iteration / _order.IterationsPerEpoch, evaluations[i]));
            }
        }
        catch (OperationCanceledException)
        {
            _runs.ForEach(run => run.HasEnded = true);
            return false;
        }

        var seconds = SecondsSinceCharged();
        foreach (var row in rows)
        {
            _runs[(int)row].Seconds += seconds / rows.Length;
        }

        return true;
    }

    /// <param name="ending">Rows of the runs that end.</param>
    /// <param name="all">Whether the others record a segment too.</param>
    private void Record(long[] ending, bool all)
    {
        Charge();
        var norms = ending.Length > 0 ? _state.ParameterNorms() : [];
        foreach (var row in ending)
        {
            var run = _runs[(int)row];
            run.Record(_recorder, null, RunEnding.Of(
                _problem, _iteration, run.FirstBadIteration, run.FirstLoss, run.LastEvaluation, norms[row], run.Seconds, () => _state.Parameters(row)));
        }

        if (all && Rows(_ => true).Any())
        {
            var states = _state.Save(_runs);
            foreach (var row in Rows(_ => true))
            {
                _runs[(int)row].Record(_recorder, states[row], null);
            }
        }

        DropEnded(force: false);
    }

    /// <summary>Rows of runs that are under way.</summary>
    private IEnumerable<long> Rows(Func<TrackedRun, bool> which) => _runs.Index().Where(r => !r.Item.HasEnded && which(r.Item)).Select(r => (long)r.Index);

    private void Fetch() => _columns.Fetch(_runs);

    private void DropEnded(bool force)
    {
        long[] left = [.. Rows(_ => true)];
        if (left.Length == 0 || left.Length == _runs.Count || (!force && (_runs.Count - left.Length) * EndedShare <= _runs.Count))
        {
            return;
        }

        Fetch();
        _state.Keep(left);
        _runs = [.. left.Select(row => _runs[(int)row])];
        _segmentLength = SegmentLength.Of(_state.Bytes);
        RememberKnown();
    }

    /// <summary>Which runs are known not to be finite, or have ended: nothing more is to be told of them.</summary>
    private void RememberKnown()
    {
        using var before = _known;
        using var known = Numbers.Upload<float>([.. _runs.Select(r => r.HasEnded || r.FirstBadIteration is not null ? 1f : 0f)], before.device, _runs.Count);
        _known = known.to(ScalarType.Bool).DetachFromDisposeScope();
    }

    private void RememberFirstLosses(Tensor loss)
    {
        var losses = Numbers.Download<double>(loss);
        for (var row = 0; row < losses.Length; row++)
        {
            _runs[row].FirstLoss = losses[row];
        }
    }

    private void KeepIterates()
    {
        foreach (var row in Rows(_ => true))
        {
            _runs[(int)row].AddIterate(_state.Parameters(row));
        }
    }

    /// <summary>Shares the time since the last call among the runs that are under way: in a program all take the same.</summary>
    private void Charge()
    {
        var seconds = SecondsSinceCharged();
        long[] rows = [.. Rows(_ => true)];
        foreach (var row in rows)
        {
            _runs[(int)row].Seconds += seconds / rows.Length;
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
