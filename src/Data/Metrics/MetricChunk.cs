namespace Stepsize.Data.Metrics;

/// <summary>A stretch of a run's per-iteration columns, each as little-endian float32.</summary>
internal sealed class MetricChunk
{
    public long RunId { get; set; }

    /// <summary>Counted from 1.</summary>
    public int FirstIteration { get; set; }

    public int Count { get; set; }

    public required byte[] Loss { get; set; }

    public required byte[] Accuracy { get; set; }

    public required byte[] Stepsize { get; set; }
}
