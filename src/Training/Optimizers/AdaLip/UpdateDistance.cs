using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Optimizers.Mechanics;

namespace Stepsize.Training.Optimizers;

/// <summary>Sums up, chunk by chunk, how far the update that the base optimizer would make is from the update made last.</summary>
internal struct UpdateDistance<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of a chunk, which stays in the first-level cache.</summary>
    public const int Chunk = 1024;

    private double _squaredPrevious;
    private double _squaredDistance;

    /// <summary>‖p‖ of what was added.</summary>
    public readonly double Previous => Math.Sqrt(_squaredPrevious);

    /// <summary>‖u − p‖ of what was added.</summary>
    public readonly double Distance => Math.Sqrt(_squaredDistance);

    public void Add(ReadOnlySpan<T> u, ReadOnlySpan<T> p)
    {
        var distance = double.CreateTruncating(TensorPrimitives.Distance(u, p));
        _squaredDistance += distance * distance;
        _squaredPrevious += Norms.Squared(p);
    }
}
