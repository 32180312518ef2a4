namespace Stepsize.Training.Analysis;

/// <summary>What a cell of a heatmap has to show.</summary>
public enum CellState
{
    /// <summary>The sweep has no run here.</summary>
    Missing,

    /// <summary>Runs wait for a worker.</summary>
    Waiting,

    /// <summary>A run is being trained and none has a value yet.</summary>
    Running,

    /// <summary>At least one seed has a value.</summary>
    Measured,

    /// <summary>No seed has a value, and at least one diverged or exploded.</summary>
    Diverged,

    /// <summary>Ended without a value: cut short or failed.</summary>
    Ended,
}
