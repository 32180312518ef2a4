using System.Text.Json.Nodes;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;

namespace Stepsize.Web.Api.Runs;

/// <summary>A run of a sweep: one optimizer, one axis value, one seed.</summary>
public sealed record RunAnswer
{
    /// <summary>The run's number, which its addresses hold.</summary>
    public required long Id { get; init; }

    /// <summary>The sweep it belongs to.</summary>
    public required long Sweep { get; init; }

    /// <summary>Index of its optimizer in the specification, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Id of its optimizer.</summary>
    public required string Optimizer { get; init; }

    /// <summary>What the sweep varies for it: b0 or lr.</summary>
    public required string Axis { get; init; }

    /// <summary>Its axis value.</summary>
    public required double Value { get; init; }

    /// <summary>Its seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Names what it computes: equal in every database.</summary>
    public required string ConfigurationHash { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>How it ended; null before.</summary>
    public required RunOutcome? Outcome { get; init; }

    /// <summary>First iteration whose loss or parameters were NaN or infinite; null where there is none.</summary>
    public required int? FirstBadIteration { get; init; }

    /// <summary>Iterations made.</summary>
    public required int Iterations { get; init; }

    /// <summary>Iterations it was meant to make.</summary>
    public required int IterationsPlanned { get; init; }

    /// <summary>Seconds of a thread; where runs are trained together, the run's share.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public required string? Error { get; init; }

    /// <summary>Its last evaluation; null before the first.</summary>
    public required EvaluationAnswer? LastEvaluation { get; init; }

    internal static RunAnswer Of(RunRow run, SweepHead sweep)
    {
        var grid = sweep.Specification.Optimizers[run.Row];
        return new RunAnswer
        {
            Id = run.Id,
            Sweep = sweep.Summary.Id,
            Row = run.Row,
            Optimizer = grid.Optimizer.Id,
            Axis = RobustnessAxisName.Of(grid.Axis),
            Value = run.AxisValue,
            Seed = run.Seed,
            ConfigurationHash = run.ConfigurationHash,
            Status = run.Status,
            Outcome = run.Outcome,
            FirstBadIteration = run.FirstBadIteration,
            Iterations = run.Iterations,
            IterationsPlanned = run.IterationsPlanned,
            Seconds = run.Seconds,
            Error = run.Error,
            LastEvaluation = run.Evaluations.Count == 0 ? null : EvaluationAnswer.Of(run.Evaluations[^1], sweep.Measures),
        };
    }
}

/// <summary>A run with everything that is stored of it but its per-iteration columns.</summary>
public sealed record RunDetailAnswer
{
    /// <summary>The run as in the list.</summary>
    public required RunAnswer Run { get; init; }

    /// <summary>Options of its optimizer, with every default filled in.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>Every evaluation, by iteration.</summary>
    public required IReadOnlyList<EvaluationAnswer> Evaluations { get; init; }

    /// <summary>Parameters at the end, for problems of at most 64 parameters; else null.</summary>
    public required IReadOnlyList<double>? FinalParameters { get; init; }

    /// <summary>What it was computed with; null before it began.</summary>
    public required RunProvenance? Provenance { get; init; }

    internal static RunDetailAnswer Of(RunOfSweep found) => new()
    {
        Run = RunAnswer.Of(found.Run, found.Sweep),
        Options = found.Sweep.Specification.Optimizers[found.Run.Row].Options.ToJson(),
        Evaluations = [.. found.Run.Evaluations.Select(e => EvaluationAnswer.Of(e, found.Sweep.Measures))],
        FinalParameters = found.Run.FinalParameters,
        Provenance = found.Run.Provenance,
    };
}
