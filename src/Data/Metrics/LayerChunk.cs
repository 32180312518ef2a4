namespace Stepsize.Data.Metrics;

/// <summary>
/// A stretch of what is recorded of each layer. Each column is little-endian float32, layer by layer: all iterations of the first layer, then those of the second.
/// </summary>
internal sealed class LayerChunk
{
    public long RunId { get; set; }

    /// <summary>Counted from 1.</summary>
    public int FirstIteration { get; set; }

    /// <summary>Iterations in it.</summary>
    public int Count { get; set; }

    /// <summary>Of the layers, in the form of <see cref="LayerNames"/>: with every stretch, so that columns say what they are of whatever networks become.</summary>
    public required string Names { get; set; }

    public required byte[] Gradient { get; set; }

    public required byte[] Update { get; set; }

    public required byte[] Stepsize { get; set; }
}
