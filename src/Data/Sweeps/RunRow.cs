using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps;

/// <summary>One run of a sweep, without its per-iteration columns.</summary>
public sealed record RunRow
{
    public required long Id { get; init; }

    /// <summary>Index into the specification's optimizers.</summary>
    public required int Row { get; init; }

    public required double AxisValue { get; init; }

    public required int Seed { get; init; }

    public required string ConfigurationHash { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>Null until the run is finished.</summary>
    public RunOutcome? Outcome { get; init; }

    public int? FirstBadIteration { get; init; }

    public required int Iterations { get; init; }

    public required int IterationsPlanned { get; init; }

    public double Seconds { get; init; }

    public string? Error { get; init; }

    public RunProvenance? Provenance { get; init; }

    /// <summary>Parameters at the end, for problems of at most 64 parameters.</summary>
    public IReadOnlyList<double>? FinalParameters { get; init; }

    /// <summary>By iteration.</summary>
    public required IReadOnlyList<EvaluationPoint> Evaluations { get; init; }
}
