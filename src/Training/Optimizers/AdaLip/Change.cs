using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// ‖before‖ and ‖now − before‖ of a tensor, summed up in chunks that stay in the first-level cache: of gradients for AdaLip, of updates for its U forms.
/// </summary>
internal struct Change<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of a chunk.</summary>
    public const int Chunk = 1024;

    private double _squaredPrevious;
    private double _squaredDistance;

    /// <summary>‖before‖ of what was added.</summary>
    public readonly double Previous => Math.Sqrt(_squaredPrevious);

    /// <summary>‖now − before‖ of what was added.</summary>
    public readonly double Distance => Math.Sqrt(_squaredDistance);

    /// <summary>Adds a chunk. Its sums are in <typeparamref name="T"/>, over eight vectors of partial sums; sums of chunks are in double.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(ReadOnlySpan<T> now, ReadOnlySpan<T> before)
    {
        ref var n0 = ref MemoryMarshal.GetReference(now[..before.Length]);
        ref var b0 = ref MemoryMarshal.GetReference(before);
        Vector<T> previous0 = default, previous1 = default, distance0 = default, distance1 = default;
        Vector<T> previous2 = default, previous3 = default, distance2 = default, distance3 = default;
        nuint i = 0;
        var width = (nuint)Vector<T>.Count;
        for (; i + (4 * width) <= (nuint)before.Length; i += 4 * width)
        {
            Add(ref n0, ref b0, i, ref previous0, ref distance0);
            Add(ref n0, ref b0, i + width, ref previous1, ref distance1);
            Add(ref n0, ref b0, i + (2 * width), ref previous2, ref distance2);
            Add(ref n0, ref b0, i + (3 * width), ref previous3, ref distance3);
        }

        var previous = Vector.Sum(previous0 + previous1 + (previous2 + previous3));
        var distance = Vector.Sum(distance0 + distance1 + (distance2 + distance3));
        for (; i < (nuint)before.Length; i++)
        {
            var d = now[(int)i] - before[(int)i];
            previous += before[(int)i] * before[(int)i];
            distance += d * d;
        }

        _squaredPrevious += double.CreateTruncating(previous);
        _squaredDistance += double.CreateTruncating(distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref T now, ref T before, nuint i, ref Vector<T> previous, ref Vector<T> distance)
    {
        var b = Vector.LoadUnsafe(ref before, i);
        var d = Vector.LoadUnsafe(ref now, i) - b;
        previous += b * b;
        distance += d * d;
    }
}
