namespace Stepsize.Data.Metrics;

/// <summary>Reads per-iteration columns whole, piece by piece: for exports. Charts use <see cref="ICurveReader"/>.</summary>
public interface IMetricReader
{
    /// <summary>
    /// The window's iterations in order, in pieces as they are stored. What is recorded while they are read may or may not be among them; no transaction
    /// stays open between two pieces.
    /// </summary>
    /// <param name="first">First iteration wanted, counted from 1; null from the start.</param>
    /// <param name="last">Last iteration wanted; null to the end.</param>
    IAsyncEnumerable<MetricBlock> StreamAsync(long runId, int? first, int? last, CancellationToken cancellation);
}

/// <summary>A stretch of a run's columns.</summary>
/// <param name="FirstIteration">Iteration of the first value of each column.</param>
public sealed record MetricBlock(int FirstIteration, ReadOnlyMemory<float> Loss, ReadOnlyMemory<float> Accuracy, ReadOnlyMemory<float> Stepsize)
{
    /// <summary>Iterations in it.</summary>
    public int Count => Loss.Length;
}
