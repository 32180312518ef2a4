using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>One run of the sweep with what it has produced so far.</summary>
/// <param name="Row">Index into the specification's optimizers.</param>
internal sealed record CollectedRun(int Row, RunConfiguration Configuration)
{
    private int _iterations;

    /// <summary>Iterations made; may be read while the run goes on.</summary>
    public int Iterations
    {
        get => Volatile.Read(ref _iterations);
        set => Volatile.Write(ref _iterations, value);
    }

    public RunProvenance? Provenance { get; set; }

    public List<EvaluationPoint> Evaluations { get; } = [];

    /// <summary>Parameter vectors one after another, where they are recorded.</summary>
    public List<double> Iterates { get; } = [];

    /// <summary>Null until the run has ended.</summary>
    public RunResult? Result { get; set; }
}
