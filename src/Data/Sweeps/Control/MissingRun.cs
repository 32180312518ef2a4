namespace Stepsize.Data.Sweeps.Control;

/// <summary>A run of the grid that has no result and is not on its way to one.</summary>
public sealed record MissingRun
{
    public required GridPoint Point { get; init; }

    public required MissingReason Reason { get; init; }

    /// <summary>The run that ended without a result, to be trained again from its first iteration; null for a deleted one, which gets a new run.</summary>
    public long? RunId { get; init; }

    /// <summary>Iterations it had made.</summary>
    public int Iterations { get; init; }

    /// <summary>What went wrong, of a failed one.</summary>
    public string? Error { get; init; }
}
