using System.Text.Json.Nodes;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Api.Control;

/// <summary>What "run what is missing" would train of a sweep.</summary>
public sealed record MissingAnswer
{
    /// <summary>The sweep.</summary>
    public required long Sweep { get; init; }

    /// <summary>Runs with a result: finished, without progress, diverged or exploded.</summary>
    public required int WithResult { get; init; }

    /// <summary>Runs that wait or train already.</summary>
    public required int Unfinished { get; init; }

    /// <summary>The missing runs, in the order of the grid.</summary>
    public required IReadOnlyList<MissingRunAnswer> Runs { get; init; }

    internal static MissingAnswer Of(MissingRuns missing) => new()
    {
        Sweep = missing.SweepId,
        WithResult = missing.WithResult,
        Unfinished = missing.Unfinished,
        Runs =
        [
            .. missing.Runs.Select(m => new MissingRunAnswer
            {
                Point = PointAnswer.Of(m.Point, missing.Specification), Reason = m.Reason, Run = m.RunId, Iterations = m.Iterations, Error = m.Error,
            }),
        ],
    };
}

/// <summary>A run of the grid that has no result and is not on its way to one.</summary>
public sealed record MissingRunAnswer
{
    /// <summary>Where in the grid it is.</summary>
    public required PointAnswer Point { get; init; }

    /// <summary>Why it is missing.</summary>
    public required MissingReason Reason { get; init; }

    /// <summary>The run that ended without a result; null for a deleted one.</summary>
    public required long? Run { get; init; }

    /// <summary>Iterations it had made.</summary>
    public required int Iterations { get; init; }

    /// <summary>What went wrong, of a failed one.</summary>
    public required string? Error { get; init; }
}

/// <summary>A point of a sweep's grid.</summary>
public sealed record PointAnswer
{
    /// <summary>Index of its optimizer in the specification, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Id of its optimizer.</summary>
    public required string Optimizer { get; init; }

    /// <summary>b0 or lr.</summary>
    public required string Axis { get; init; }

    /// <summary>Its axis value.</summary>
    public required double Value { get; init; }

    /// <summary>Its seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Names what the run computes: what POST takes in hashes.</summary>
    public required string ConfigurationHash { get; init; }

    internal static PointAnswer Of(GridPoint point, SweepSpecification sweep) => new()
    {
        Row = point.Row,
        Optimizer = sweep.Optimizers[point.Row].Optimizer.Id,
        Axis = RobustnessAxisName.Of(sweep.Optimizers[point.Row].Axis),
        Value = point.AxisValue,
        Seed = point.Seed,
        ConfigurationHash = point.ConfigurationHash,
    };
}

/// <summary>How many runs were queued.</summary>
public sealed record QueuedAnswer
{
    /// <summary>Runs that are trained now.</summary>
    public required int Queued { get; init; }
}

/// <summary>What an extension would make of a sweep.</summary>
public sealed record ExtensionAnswer
{
    /// <summary>The sweep that is extended.</summary>
    public required long Sweep { get; init; }

    /// <summary>Whether a sweep of its own is made, because runs get longer.</summary>
    public required bool IsNewSweep { get; init; }

    /// <summary>Optimizers times axis values of the extended sweep.</summary>
    public required int Cells { get; init; }

    /// <summary>Of these, cells all of whose runs are there.</summary>
    public required int CellsThere { get; init; }

    /// <summary>Runs of the extended sweep.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs that are there and are not trained.</summary>
    public required int RunsThere { get; init; }

    /// <summary>Runs of the sweep that have no result: an extension does not train them.</summary>
    public required int Missing { get; init; }

    /// <summary>Runs that are added, in the order of the grid.</summary>
    public required IReadOnlyList<AddedRunAnswer> New { get; init; }

    /// <summary>The extended sweep's specification.</summary>
    public required JsonObject Specification { get; init; }

    internal static ExtensionAnswer Of(ExtensionPlan plan) => new()
    {
        Sweep = plan.SweepId,
        IsNewSweep = plan.IsNewSweep,
        Cells = plan.Cells,
        CellsThere = plan.CellsThere,
        Runs = plan.Runs,
        RunsThere = plan.RunsThere,
        Missing = plan.Missing,
        New = [.. plan.New.Select(n => new AddedRunAnswer { Point = PointAnswer.Of(n.Point, plan.Specification), CopyOf = n.CopyOf?.RunId })],
        Specification = SpecificationWriter.ToJson(plan.Specification),
    };
}

/// <summary>A run that an extension adds.</summary>
public sealed record AddedRunAnswer
{
    /// <summary>Where in the grid it is.</summary>
    public required PointAnswer Point { get; init; }

    /// <summary>A finished run of the same configuration whose record is copied; null where the run is trained.</summary>
    public required long? CopyOf { get; init; }
}

/// <summary>What was deleted and can be restored.</summary>
public sealed record BinAnswer
{
    /// <summary>Sweeps, those deleted last first.</summary>
    public required IReadOnlyList<BinnedSweep> Sweeps { get; init; }

    /// <summary>Runs of sweeps that are not in the bin, those deleted last first.</summary>
    public required IReadOnlyList<BinnedRun> Runs { get; init; }
}
