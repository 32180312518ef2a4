namespace Stepsize.Data.Metrics;

/// <summary>A stretch of a run's parameter vectors, one after another, as little-endian float64: only small problems have them.</summary>
internal sealed class IterateChunk
{
    public long RunId { get; set; }

    /// <summary>Counted from 1; the vector after that iteration's step is the first.</summary>
    public int FirstIteration { get; set; }

    /// <summary>Vectors in it.</summary>
    public int Count { get; set; }

    public required byte[] Values { get; set; }
}
