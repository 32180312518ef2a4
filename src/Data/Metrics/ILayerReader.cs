using Stepsize.Training.Execution;

namespace Stepsize.Data.Metrics;

/// <summary>Reads what sweeps with <c>"record": "layers"</c> keep of each layer.</summary>
public interface ILayerReader
{
    /// <summary>One measure of all layers, ready to be drawn.</summary>
    /// <param name="first">First iteration wanted, counted from 1; null from the start.</param>
    /// <param name="last">Last iteration wanted; null to the end.</param>
    /// <param name="points">Most points of a layer, from 4 to 100,000.</param>
    /// <returns>Empty where there is no such run, or it kept nothing of its layers.</returns>
    Task<IReadOnlyList<LayerCurve>> ReadAsync(long runId, LayerMeasure measure, int? first, int? last, int points, CancellationToken cancellation);

    /// <summary>The window's iterations in order, in pieces as they are stored; no transaction stays open between two pieces.</summary>
    IAsyncEnumerable<LayerBlock> StreamAsync(long runId, int? first, int? last, CancellationToken cancellation);
}

/// <param name="Name">Of the parameter tensor.</param>
public sealed record LayerCurve(string Name, Curve Curve);

/// <summary>A stretch of a run's layers, as stored.</summary>
/// <param name="FirstIteration">Of the columns' first values.</param>
/// <param name="Skip">Iterations at the start that are before the window.</param>
/// <param name="Count">Iterations of the window.</param>
/// <param name="Columns">The whole stretch.</param>
public sealed record LayerBlock(int FirstIteration, int Skip, int Count, LayerColumns Columns)
{
    /// <summary>Index in a column of a layer's value.</summary>
    /// <param name="iteration">Of the window, from 0.</param>
    public int At(int layer, int iteration) => (layer * (Columns.Gradient.Length / Columns.Count)) + Skip + iteration;
}
