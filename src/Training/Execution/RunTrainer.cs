using System.Numerics;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Randomness;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>Trains one run on the calling thread: the loop that everything else is for.</summary>
internal sealed class RunTrainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Classifying so little better than the most frequent class counts as chance.</summary>
    private const double ChanceMargin = 0.01;

    /// <summary>Checkpoints are written at most this fast a run, so that large models do not fill the disk's time.</summary>
    private const double CheckpointBytesPerSecond = 4 << 20;

    private const double LongestSegmentSeconds = 30;

    private readonly Problem<T> _problem;
    private readonly Cohort _cohort;
    private readonly CohortRun _run;
    private readonly TimeProvider _time;
    private readonly RunState<T> _state;
    private readonly BatchOrder _order;
    private readonly EvaluationSchedule _schedule;
    private readonly StepContext<T> _context;
    private readonly RunColumns _columns;
    private readonly TimeSpan _segmentLength;
    private readonly List<EvaluationPoint> _evaluations = [];
    private readonly int _total;
    private readonly double _secondsBefore;
    private readonly long _began;
    private int _iteration;
    private long _lastSegment;

    public RunTrainer(Problem<T> problem, Cohort cohort, CohortRun run, TimeProvider time, IPartRunner runner)
    {
        _problem = problem;
        _cohort = cohort;
        _run = run;
        _time = time;
        _began = _lastSegment = time.GetTimestamp();
        _state = new RunState<T>(problem, run.Configuration, runner);
        _order = new BatchOrder(problem.TrainingExamples, cohort.BatchSize, run.Configuration.Seed);
        _total = cohort.Iterations ?? (cohort.Epochs!.Value * _order.IterationsPerEpoch);
        _schedule = new EvaluationSchedule(cohort, _order.IterationsPerEpoch, _total);
        _columns = new RunColumns(_total, cohort.RecordIterates ? problem.Parameters.Length : 0);
        _segmentLength = TimeSpan.FromSeconds(Math.Clamp(_state.Length / CheckpointBytesPerSecond, 1, LongestSegmentSeconds));
        _context = new StepContext<T>
        {
            BatchSize = cohort.BatchSize,
            IterationsPerEpoch = _order.IterationsPerEpoch,
            TotalIterations = _total,
            LossAt = x => _state.Step.Loss(_order.Examples(_iteration), x, _iteration),
        };
        if (run.ResumeFrom is { } checkpoint)
        {
            _state.Restore(checkpoint);
            _iteration = RecordedIterations = checkpoint.Iteration;
            _secondsBefore = checkpoint.Seconds;
        }
    }

    public string InitialWeights => _state.InitialWeights;

    /// <summary>Iterations that the recorder has taken.</summary>
    public int RecordedIterations { get; private set; }

    private bool Stops => _state.FirstBadIteration is not null && _cohort.StopWhenDiverged;

    private double Seconds => _secondsBefore + _time.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Goes on to the end, or until cancelled; what was made by then is recorded.</summary>
    public void Train(IRunRecorder recorder, CancellationToken cancellation)
    {
        while (_iteration < _total && !cancellation.IsCancellationRequested)
        {
            _iteration++;
            if (!IterateOnce())
            {
                _state.FirstBadIteration ??= _iteration;
            }

            var measured = Stops || _schedule.Includes(_iteration);
            if (measured)
            {
                Evaluate(cancellation);
            }

            if (Stops)
            {
                break;
            }

            if (_iteration < _total && (measured || _columns.IsFull || _time.GetElapsedTime(_lastSegment) >= _segmentLength))
            {
                Record(recorder, result: null);
            }
        }

        if (_iteration == _total || Stops)
        {
            Record(recorder, Result());
        }
        else if (_run.Stop.IsCancellationRequested)
        {
            CutShort(recorder);
        }
        else if (_columns.Count > 0)
        {
            Record(recorder, result: null);
        }
    }

    /// <summary>Ends the run where it is, with what it has made.</summary>
    public void CutShort(IRunRecorder recorder) =>
        Record(recorder, new RunResult(RunOutcome.CutShort, _iteration, _state.FirstBadIteration, Seconds));

    /// <summary>One iteration; false where its loss, or the parameters after it, are NaN or infinite.</summary>
    private bool IterateOnce()
    {
        var batch = _state.Step.Run(_order.Examples(_iteration), _state.X, _state.G, _iteration);
        _context.Iteration = _iteration;
        _context.Loss = batch.Loss;
        var stepsize = _state.Optimizer.Step(_state.X, _state.G, _context);
        _columns.Add<T>(batch.Loss, batch.Accuracy, stepsize, _state.X);
        return double.IsFinite(batch.Loss) && _state.IsFinite();
    }

    private void Evaluate(CancellationToken cancellation)
    {
        var evaluation = _state.Step.Evaluate(_state.X, cancellation);
        _evaluations.Add(new EvaluationPoint(_iteration, (double)_iteration / _order.IterationsPerEpoch, evaluation));
    }

    private void Record(IRunRecorder recorder, RunResult? result)
    {
        var checkpoint = result is null ? new RunCheckpoint(_iteration, _state.Save(), Seconds) : null;
        recorder.Record(_run, _columns.Take(_iteration, [.. _evaluations], checkpoint, result));
        RecordedIterations = _iteration;
        _evaluations.Clear();
        _lastSegment = _time.GetTimestamp();
    }

    private RunResult Result()
    {
        var outcome = _state.FirstBadIteration is not null ? RunOutcome.Diverged
            : _evaluations[^1].Evaluation.TestAccuracy <= _problem.ChanceAccuracy + ChanceMargin ? RunOutcome.AtChance
            : RunOutcome.Converged;
        var parameters = _state.X.Length <= SpecificationChecks.MaximumParametersOfIterates
            ? Array.ConvertAll(_state.X, double.CreateTruncating)
            : null;
        return new RunResult(outcome, _iteration, _state.FirstBadIteration, Seconds, parameters);
    }
}
