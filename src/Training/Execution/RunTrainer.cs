using System.Numerics;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>One run while it is trained: its state, what it has measured since its last segment, and how it ends.</summary>
internal sealed class RunTrainer<T> : ILockstepRun<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One step of so many is timed: reading the clock takes as long as a small step.</summary>
    private const int TimedSteps = 16;

    private readonly Problem<T> _problem;
    private readonly Cohort _cohort;
    private readonly RunState<T> _state;
    private readonly BatchOrder _order;
    private readonly StepContext<T> _context;
    private readonly RunColumns<T> _columns;
    private readonly List<EvaluationPoint> _evaluations = [];
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping;
    private double _seconds;
    private int _iteration;

    /// <param name="order">Of the run's seed; runs that are trained together share it.</param>
    /// <param name="step">The run's.</param>
    /// <param name="gradient">Scratch within an iteration.</param>
    /// <exception cref="Faults.InvalidInputException">The checkpoint is not of the problem's shape.</exception>
    public RunTrainer(
        Problem<T> problem, Cohort cohort, CohortRun run, BatchOrder order, TrainingStep<T> step, T[] gradient, TimeProvider time,
        CancellationToken cancellation)
    {
        _problem = problem;
        _cohort = cohort;
        Run = run;
        _state = new RunState<T>(problem, run.Configuration, step, gradient);
        _order = order;
        _time = time;
        Total = cohort.IterationsOf(order);
        _columns = new RunColumns<T>(Total, cohort.RecordIterates ? problem.Parameters.Length : 0, cohort.RecordLayers ? problem.Parameters : null);
        _context = new StepContext<T>
        {
            IterationsPerEpoch = order.IterationsPerEpoch,
            TotalIterations = Total,
            LossAt = x => _state.Step.Loss(_order.Examples(_iteration), x, _iteration),
        };
        if (run.ResumeFrom is { } checkpoint)
        {
            _state.Restore(checkpoint);
            _iteration = RecordedIterations = checkpoint.Iteration;
            _seconds = checkpoint.Seconds;
        }

        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, run.Stop);
    }

    public CohortRun Run { get; }

    public TrainingStep<T> Step => _state.Step;

    public T[] Parameters => _state.X;

    public T[] Gradient => _state.G;

    public string InitialWeights => _state.InitialWeights;

    /// <summary>Bytes of a checkpoint.</summary>
    public int StateLength => _state.Length;

    /// <summary>Iterations of the whole run.</summary>
    public int Total { get; }

    /// <summary>Iterations that the recorder has taken.</summary>
    public int RecordedIterations { get; private set; }

    /// <summary>What the optimizer threw; the run has failed then.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether nothing more will come of it here: it has its result, has failed, or was left.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Asked to stop, alone or with its cohort.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    public bool IsFull => _columns.IsFull;

    /// <summary>Whether all its iterations are made, or it has diverged and is not to go on.</summary>
    public bool IsAtItsEnd => _iteration == Total || (_state.FirstBadIteration is not null && _cohort.StopWhenDiverged);

    /// <summary>About how long the optimizer's steps took since the last <see cref="Charge"/>: what runs that are trained together differ in.</summary>
    public double StepSeconds { get; private set; }

    /// <summary>Adds to the time that the run has taken, its optimizer's steps included.</summary>
    public void Charge(double seconds) => (_seconds, StepSeconds) = (_seconds + seconds, 0);

    /// <summary>Ends an iteration. One whose loss, or the parameters after it, are NaN or infinite is the run's first bad one.</summary>
    public void Take(BatchResult batch)
    {
        try
        {
            _iteration++;
            _context.Iteration = _iteration;
            _context.BatchSize = _order.SizeOf(_iteration);
            _context.Loss = batch.Loss;
            _columns.BeginStep(_state.X, _state.G);
            var isTimed = _iteration % TimedSteps == 0;
            var began = isTimed ? _time.GetTimestamp() : 0;
            var stepsize = _state.Optimizer.Step(_state.X, _state.G, _context);
            StepSeconds += isTimed ? TimedSteps * _time.GetElapsedTime(began).TotalSeconds : 0;
            _state.FirstLoss = _iteration == 1 ? batch.Loss : _state.FirstLoss;
            _columns.Add(batch.Loss, batch.Accuracy, stepsize, _state.X, _state.Optimizer);
            if (!double.IsFinite(batch.Loss) || !_state.IsFinite())
            {
                _state.FirstBadIteration ??= _iteration;
            }
        }
        catch (Exception error) // Ends this run alone: those beside it go on.
        {
            Error = error;
        }
    }

    /// <summary>Measures over the whole sets.</summary>
    /// <exception cref="OperationCanceledException">It was stopped meanwhile.</exception>
    public void Evaluate()
    {
        var evaluation = _state.Step.Evaluate(_state.X, _stopping.Token);
        _evaluations.Add(new EvaluationPoint(_iteration, (double)_iteration / _order.IterationsPerEpoch, evaluation));
    }

    /// <summary>Hands over what was made since the last segment, with the checkpoint to go on from.</summary>
    public void Record(IRunRecorder recorder) => Record(recorder, null);

    /// <summary>Ends the run with its result.</summary>
    public void Finish(IRunRecorder recorder)
    {
        Record(recorder, Result());
        HasEnded = true;
    }

    /// <summary>Records what was made and leaves the run there: for good if it was stopped alone, else to be gone on with.</summary>
    public void Leave(IRunRecorder recorder)
    {
        if (!Run.Stop.IsCancellationRequested && _columns.Count > 0)
        {
            Record(recorder);
        }

        Abandon(recorder);
    }

    /// <summary>Leaves the run as the recorder has it, unless it was stopped alone: then it ends where it is.</summary>
    public void Abandon(IRunRecorder recorder)
    {
        if (Run.Stop.IsCancellationRequested)
        {
            Record(recorder, new RunResult(RunOutcome.CutShort, _iteration, _state.FirstBadIteration, _seconds));
        }

        HasEnded = true;
    }

    public void Dispose() => _stopping.Dispose();

    private void Record(IRunRecorder recorder, RunResult? result)
    {
        var checkpoint = result is null ? new RunCheckpoint(_iteration, _state.Save(), _seconds) : null;
        recorder.Record(Run, _columns.Take(_iteration, [.. _evaluations], checkpoint, result));
        RecordedIterations = _iteration;
        _evaluations.Clear();
    }

    private RunResult Result() => RunEnding.Of(
        _problem, _iteration, _state.FirstBadIteration, _state.FirstLoss, _evaluations[^1].Evaluation, _state.ParameterNorm(), _seconds,
        () => Array.ConvertAll(_state.X, double.CreateTruncating));
}
