namespace Stepsize.Data.Selections;

/// <summary>Selections of runs: short names for long ones, and what is known of their runs.</summary>
public interface ISelectionStore
{
    /// <summary>Stores a selection under a short name that follows from it: the same runs give the same name.</summary>
    Task<string> SaveAsync(RunSelection selection, CancellationToken cancellation);

    /// <returns>Null where there is no such name.</returns>
    Task<RunSelection?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The runs of a sweep, of one of its optimizers, or of one of that optimizer's axis values.</summary>
    /// <param name="row">Index into the specification's optimizers; null for all.</param>
    /// <param name="axisValue">Null for all.</param>
    /// <returns>Null where there is no such run.</returns>
    Task<RunSelection?> OfSweepAsync(long sweepId, int? row, double? axisValue, CancellationToken cancellation);

    /// <summary>Those of the runs that are there, by sweep, the oldest first.</summary>
    /// <param name="selection">Few enough to be listed.</param>
    Task<IReadOnlyList<SelectedSweep>> ReadAsync(RunSelection selection, CancellationToken cancellation);
}
