using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>A row's residual and its part of the gradient. Sums run in one fixed order, whatever the thread.</summary>
internal static class RowKernels
{
    /// <summary>Rows that <see cref="AddFour"/> takes at once: x is then loaded, and the gradient loaded and stored, once for four rows.</summary>
    public const int Group = 4;

    public static T Dot<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var a = ref MemoryMarshal.GetReference(row);
        ref var v = ref MemoryMarshal.GetReference(x);
        var width = Vector<T>.Count;
        var s0 = Vector<T>.Zero;
        var s1 = Vector<T>.Zero;
        var s2 = Vector<T>.Zero;
        var s3 = Vector<T>.Zero;
        nint i = 0;
        for (; i + (4 * width) <= row.Length; i += 4 * width)
        {
            s0 = MultiplyAdd(Load(ref a, i), Load(ref v, i), s0);
            s1 = MultiplyAdd(Load(ref a, i + width), Load(ref v, i + width), s1);
            s2 = MultiplyAdd(Load(ref a, i + (2 * width)), Load(ref v, i + (2 * width)), s2);
            s3 = MultiplyAdd(Load(ref a, i + (3 * width)), Load(ref v, i + (3 * width)), s3);
        }

        var sum = Vector.Sum((s0 + s1) + (s2 + s3));
        for (; i < row.Length; i++)
        {
            sum += Unsafe.Add(ref a, i) * Unsafe.Add(ref v, i);
        }

        return sum;
    }

    /// <summary>Adds scale · (row·x − y) · row to the gradient.</summary>
    /// <returns>The squared residual.</returns>
    public static double AddOne<T>(ReadOnlySpan<T> row, T y, ReadOnlySpan<T> x, T scale, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var residual = Dot(row, x) - y;
        ref var a = ref MemoryMarshal.GetReference(row);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        var width = Vector<T>.Count;
        var factor = new Vector<T>(scale * residual);
        nint i = 0;
        for (; i + width <= row.Length; i += width)
        {
            Store(MultiplyAdd(Load(ref a, i), factor, Load(ref g, i)), ref g, i);
        }

        for (; i < row.Length; i++)
        {
            Unsafe.Add(ref g, i) += Unsafe.Add(ref a, i) * (scale * residual);
        }

        var exact = double.CreateTruncating(residual);
        return exact * exact;
    }

    /// <summary>As <see cref="AddOne"/> for four rows in one sweep over x and one over the gradient.</summary>
    /// <returns>The sum of the four squared residuals.</returns>
    public static double AddFour<T>(
        ReadOnlySpan<T> row0, ReadOnlySpan<T> row1, ReadOnlySpan<T> row2, ReadOnlySpan<T> row3,
        T y0, T y1, T y2, T y3, ReadOnlySpan<T> x, T scale, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var a0 = ref MemoryMarshal.GetReference(row0);
        ref var a1 = ref MemoryMarshal.GetReference(row1);
        ref var a2 = ref MemoryMarshal.GetReference(row2);
        ref var a3 = ref MemoryMarshal.GetReference(row3);
        ref var v = ref MemoryMarshal.GetReference(x);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        var width = Vector<T>.Count;
        nint length = x.Length;
        Vector<T> s0 = Vector<T>.Zero, s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
        nint i = 0;
        for (; i + (2 * width) <= length; i += 2 * width)
        {
            var first = Load(ref v, i);
            var second = Load(ref v, i + width);
            s0 = MultiplyAdd(Load(ref a0, i), first, s0);
            s1 = MultiplyAdd(Load(ref a1, i), first, s1);
            s2 = MultiplyAdd(Load(ref a2, i), first, s2);
            s3 = MultiplyAdd(Load(ref a3, i), first, s3);
            t0 = MultiplyAdd(Load(ref a0, i + width), second, t0);
            t1 = MultiplyAdd(Load(ref a1, i + width), second, t1);
            t2 = MultiplyAdd(Load(ref a2, i + width), second, t2);
            t3 = MultiplyAdd(Load(ref a3, i + width), second, t3);
        }

        T r0 = Vector.Sum(s0 + t0), r1 = Vector.Sum(s1 + t1), r2 = Vector.Sum(s2 + t2), r3 = Vector.Sum(s3 + t3);
        for (; i < length; i++)
        {
            var value = Unsafe.Add(ref v, i);
            r0 += Unsafe.Add(ref a0, i) * value;
            r1 += Unsafe.Add(ref a1, i) * value;
            r2 += Unsafe.Add(ref a2, i) * value;
            r3 += Unsafe.Add(ref a3, i) * value;
        }

        r0 -= y0;
        r1 -= y1;
        r2 -= y2;
        r3 -= y3;
        AddScaled(ref a0, ref a1, ref a2, ref a3, scale * r0, scale * r1, scale * r2, scale * r3, ref g, length);
        return Square(r0) + Square(r1) + Square(r2) + Square(r3);
    }

    private static void AddScaled<T>(ref T a0, ref T a1, ref T a2, ref T a3, T c0, T c1, T c2, T c3, ref T g, nint length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        Vector<T> f0 = new(c0), f1 = new(c1), f2 = new(c2), f3 = new(c3);
        nint i = 0;
        for (; i + width <= length; i += width)
        {
            var sum = MultiplyAdd(Load(ref a0, i), f0, Load(ref g, i));
            sum = MultiplyAdd(Load(ref a1, i), f1, sum);
            sum = MultiplyAdd(Load(ref a2, i), f2, sum);
            Store(MultiplyAdd(Load(ref a3, i), f3, sum), ref g, i);
        }

        for (; i < length; i++)
        {
            Unsafe.Add(ref g, i) += (Unsafe.Add(ref a0, i) * c0) + (Unsafe.Add(ref a1, i) * c1) + (Unsafe.Add(ref a2, i) * c2) + (Unsafe.Add(ref a3, i) * c3);
        }
    }

    private static double Square<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var exact = double.CreateTruncating(value);
        return exact * exact;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>();
        }

        return Vector.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Load<T>(ref T start, nint index)
        where T : unmanaged => Vector.LoadUnsafe(ref start, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector<T> value, ref T start, nint index)
        where T : unmanaged => value.StoreUnsafe(ref start, (nuint)index);
}
