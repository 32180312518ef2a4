using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>The last iteration's gradient and its norm for each tensor, from which AdaLip estimates how fast the gradient changes.</summary>
/// <param name="previous">g_{t−1}: state, 0 at first.</param>
/// <param name="norms">‖g_{t−1}‖ of each tensor: state, 0 at first.</param>
internal sealed class GradientMemory<T>(T[] previous, double[] norms)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 1024;

    /// <summary>‖g_{t−1}‖ and ‖g_t − g_{t−1}‖ of a tensor, remembering g_t: one pass, in chunks that stay in the first-level cache.</summary>
    public (double Previous, double Distance) Replace(int tensor, ParameterSegment segment, ReadOnlySpan<T> g)
    {
        double squaredDistance = 0, squaredNorm = 0;
        for (var start = segment.Offset; start < segment.Offset + segment.Length; start += Chunk)
        {
            var count = Math.Min(Chunk, segment.Offset + segment.Length - start);
            var now = g.Slice(start, count);
            var before = previous.AsSpan(start, count);
            var distance = double.CreateTruncating(TensorPrimitives.Distance(now, before));
            squaredDistance += distance * distance;
            squaredNorm += Norms.Squared(now);
            now.CopyTo(before);
        }

        var previousNorm = norms[tensor];
        norms[tensor] = Math.Sqrt(squaredNorm);
        return (previousNorm, Math.Sqrt(squaredDistance));
    }
}
