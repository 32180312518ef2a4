using System.Numerics;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>The last iteration's gradient, from which AdaLip estimates how fast the gradient of each tensor changes.</summary>
/// <param name="previous">g_{t−1}: state, 0 at first.</param>
internal sealed class GradientMemory<T>(T[] previous)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>‖g_{t−1}‖ and ‖g_t − g_{t−1}‖ of a tensor, remembering g_t in the same pass.</summary>
    public (double Previous, double Distance) Replace(ParameterSegment tensor, ReadOnlySpan<T> g)
    {
        var change = default(Change<T>);
        for (var start = tensor.Offset; start < tensor.Offset + tensor.Length; start += Change<T>.Chunk)
        {
            var count = Math.Min(Change<T>.Chunk, tensor.Offset + tensor.Length - start);
            var now = g.Slice(start, count);
            var before = previous.AsSpan(start, count);
            change.Add(now, before);
            now.CopyTo(before);
        }

        return (change.Previous, change.Distance);
    }
}
