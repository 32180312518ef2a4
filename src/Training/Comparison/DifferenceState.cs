namespace Stepsize.Training.Comparison;

/// <summary>What a cell of a difference heatmap has to show.</summary>
public enum DifferenceState
{
    /// <summary>One side or both have no run here.</summary>
    Missing,

    /// <summary>Both have runs, but none of the same seed.</summary>
    NoCommonSeed,

    /// <summary>No common seed has a result on both sides yet.</summary>
    Waiting,

    /// <summary>At least one common seed has a value on both sides.</summary>
    Measured,

    /// <summary>No difference can be made, for at least one common seed diverged: on A's side alone.</summary>
    OnlyADiverged,

    /// <summary>The same, on B's side alone.</summary>
    OnlyBDiverged,

    /// <summary>The same, on both sides.</summary>
    BothDiverged,
}
