namespace Stepsize.Data.Metrics;

/// <summary>One column of one run, every iteration.</summary>
/// <param name="Values">The first is iteration 1's; empty for a run that has not begun.</param>
public sealed record StoredColumn(long RunId, float[] Values);

/// <summary>Reads whole columns of many runs, for what is computed from every iteration: overlays, statistics over seeds, smoothing, files.</summary>
public interface IColumnReader
{
    /// <summary>One state of the database, run after run in the order asked for; a run that is not there is left out.</summary>
    IAsyncEnumerable<StoredColumn> ReadAsync(IReadOnlyList<long> runIds, MetricColumn column, CancellationToken cancellation);

    /// <summary>The same of a window alone: only the stretches that it touches are read. A run that did not come so far has fewer values, or none.</summary>
    /// <param name="first">First iteration, counted from 1: that of each first value.</param>
    /// <param name="last">Last iteration.</param>
    IAsyncEnumerable<StoredColumn> ReadAsync(IReadOnlyList<long> runIds, MetricColumn column, int first, int last, CancellationToken cancellation);
}
