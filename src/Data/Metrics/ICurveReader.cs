namespace Stepsize.Data.Metrics;

/// <summary>Reads per-iteration columns for charts.</summary>
public interface ICurveReader
{
    /// <param name="first">First iteration wanted, counted from 1; null from the start.</param>
    /// <param name="last">Last iteration wanted; null to the end.</param>
    /// <param name="points">Most points to return, from 4 to 100,000.</param>
    /// <returns>Null where there is no such run.</returns>
    Task<Curve?> ReadAsync(long runId, MetricColumn column, int? first, int? last, int points, CancellationToken cancellation);
}
