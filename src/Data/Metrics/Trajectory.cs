namespace Stepsize.Data.Metrics;

/// <summary>The parameters of a small problem after each iteration.</summary>
/// <param name="Dimension">Parameters of the problem.</param>
/// <param name="Values">Vectors one after another; the first is the one after iteration 1.</param>
public sealed record Trajectory(int Dimension, double[] Values)
{
    /// <summary>Vectors in it.</summary>
    public int Count => Values.Length / Dimension;

    /// <param name="iteration">Counted from 1.</param>
    public ReadOnlySpan<double> After(int iteration) => Values.AsSpan((iteration - 1) * Dimension, Dimension);
}
