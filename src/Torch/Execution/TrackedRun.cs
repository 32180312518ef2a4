using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Torch.Execution;

/// <summary>What the host knows of a run in a program: where it stands, what was measured since its last segment, and how it ends.</summary>
/// <param name="keepsIterates">Whether parameter vectors are recorded.</param>
internal sealed class TrackedRun(CohortRun run, bool keepsIterates)
{
    private readonly List<float> _loss = [];
    private readonly List<float> _accuracy = [];
    private readonly List<float> _stepsize = [];
    private readonly List<double> _iterates = [];
    private readonly List<EvaluationPoint> _evaluations = [];

    public CohortRun Run => run;

    /// <summary>Iterations whose columns have arrived here.</summary>
    public int Iteration { get; private set; } = run.ResumeFrom?.Iteration ?? 0;

    /// <summary>Iterations that the recorder has taken.</summary>
    public int Recorded { get; private set; } = run.ResumeFrom?.Iteration ?? 0;

    public int? FirstBadIteration { get; set; }

    public double FirstLoss { get; set; } = double.NaN;

    public double Seconds { get; set; } = run.ResumeFrom?.Seconds ?? 0;

    /// <summary>Whether nothing more will come of it here.</summary>
    public bool HasEnded { get; set; }

    public void Add(float loss, float accuracy, float stepsize)
    {
        _loss.Add(loss);
        _accuracy.Add(accuracy);
        _stepsize.Add(stepsize);
        Iteration++;
    }

    public void AddIterate(IEnumerable<double> parameters) => _iterates.AddRange(parameters);

    public void Add(EvaluationPoint evaluation) => _evaluations.Add(evaluation);

    public Evaluation LastEvaluation => _evaluations[^1].Evaluation;

    /// <summary>Hands over what was made since the last segment.</summary>
    /// <param name="state">The checkpoint to go on from; null with a result.</param>
    public void Record(IRunRecorder recorder, byte[]? state, RunResult? result)
    {
        var checkpoint = state is null ? null : new RunCheckpoint(Iteration, state, Seconds);
        recorder.Record(run, new RunSegment(
            Iteration - _loss.Count + 1, [.. _loss], [.. _accuracy], [.. _stepsize], keepsIterates ? [.. _iterates] : null, [.. _evaluations], checkpoint, result));
        Recorded = Iteration;
        _loss.Clear();
        _accuracy.Clear();
        _stepsize.Clear();
        _iterates.Clear();
        _evaluations.Clear();
        HasEnded |= result is not null;
    }

    /// <summary>Ends it with an error; what the recorder has stays.</summary>
    public void Fail(IRunRecorder recorder, Exception error)
    {
        HasEnded = true;
        recorder.Record(run, RunEnding.Failed(Recorded, error));
    }
}
