using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>
/// Runs a rule over flat spans of equal length, a vector at a time. The last elements go through the same rule in a vector padded with zeros, so a
/// rule is written once and a coordinate's result does not depend on where it stands.
/// </summary>
/// <remarks>Not inlined: in a caller, the compiler's budget for inlining runs out before the rule, and then each vector costs a call, which doubles the time.</remarks>
internal static class CoordinateLoop
{
    // The slices to the length of x are the bounds checks: the loops themselves have none.

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<T, TRule>(TRule rule, Span<T> x, ReadOnlySpan<T> g, Span<T> s)
        where T : unmanaged
        where TRule : struct, ICoordinateRule1<T>
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var g0 = ref MemoryMarshal.GetReference(g[..x.Length]);
        ref var s0 = ref MemoryMarshal.GetReference(s[..x.Length]);
        nuint i = 0;
        for (var whole = (nuint)(x.Length - (x.Length % Vector<T>.Count)); i < whole; i += (nuint)Vector<T>.Count)
        {
            var xi = Vector.LoadUnsafe(ref x0, i);
            var si = Vector.LoadUnsafe(ref s0, i);
            rule.Apply(ref xi, Vector.LoadUnsafe(ref g0, i), ref si);
            xi.StoreUnsafe(ref x0, i);
            si.StoreUnsafe(ref s0, i);
        }

        var rest = (int)i;
        if (rest < x.Length)
        {
            var xi = Load<T>(x[rest..]);
            var si = Load<T>(s[rest..]);
            rule.Apply(ref xi, Load(g[rest..]), ref si);
            Store(xi, x[rest..]);
            Store(si, s[rest..]);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<T, TRule>(TRule rule, Span<T> x, ReadOnlySpan<T> g, Span<T> s1, Span<T> s2)
        where T : unmanaged
        where TRule : struct, ICoordinateRule2<T>
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var g0 = ref MemoryMarshal.GetReference(g[..x.Length]);
        ref var a0 = ref MemoryMarshal.GetReference(s1[..x.Length]);
        ref var b0 = ref MemoryMarshal.GetReference(s2[..x.Length]);
        nuint i = 0;
        for (var whole = (nuint)(x.Length - (x.Length % Vector<T>.Count)); i < whole; i += (nuint)Vector<T>.Count)
        {
            var xi = Vector.LoadUnsafe(ref x0, i);
            var ai = Vector.LoadUnsafe(ref a0, i);
            var bi = Vector.LoadUnsafe(ref b0, i);
            rule.Apply(ref xi, Vector.LoadUnsafe(ref g0, i), ref ai, ref bi);
            xi.StoreUnsafe(ref x0, i);
            ai.StoreUnsafe(ref a0, i);
            bi.StoreUnsafe(ref b0, i);
        }

        var rest = (int)i;
        if (rest < x.Length)
        {
            var xi = Load<T>(x[rest..]);
            var ai = Load<T>(s1[rest..]);
            var bi = Load<T>(s2[rest..]);
            rule.Apply(ref xi, Load(g[rest..]), ref ai, ref bi);
            Store(xi, x[rest..]);
            Store(ai, s1[rest..]);
            Store(bi, s2[rest..]);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<T, TRule>(TRule rule, Span<T> x, ReadOnlySpan<T> g, Span<T> s1, Span<T> s2, Span<T> s3)
        where T : unmanaged
        where TRule : struct, ICoordinateRule3<T>
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var g0 = ref MemoryMarshal.GetReference(g[..x.Length]);
        ref var a0 = ref MemoryMarshal.GetReference(s1[..x.Length]);
        ref var b0 = ref MemoryMarshal.GetReference(s2[..x.Length]);
        ref var c0 = ref MemoryMarshal.GetReference(s3[..x.Length]);
        nuint i = 0;
        for (var whole = (nuint)(x.Length - (x.Length % Vector<T>.Count)); i < whole; i += (nuint)Vector<T>.Count)
        {
            var xi = Vector.LoadUnsafe(ref x0, i);
            var ai = Vector.LoadUnsafe(ref a0, i);
            var bi = Vector.LoadUnsafe(ref b0, i);
            var ci = Vector.LoadUnsafe(ref c0, i);
            rule.Apply(ref xi, Vector.LoadUnsafe(ref g0, i), ref ai, ref bi, ref ci);
            xi.StoreUnsafe(ref x0, i);
            ai.StoreUnsafe(ref a0, i);
            bi.StoreUnsafe(ref b0, i);
            ci.StoreUnsafe(ref c0, i);
        }

        var rest = (int)i;
        if (rest < x.Length)
        {
            var xi = Load<T>(x[rest..]);
            var ai = Load<T>(s1[rest..]);
            var bi = Load<T>(s2[rest..]);
            var ci = Load<T>(s3[rest..]);
            rule.Apply(ref xi, Load(g[rest..]), ref ai, ref bi, ref ci);
            Store(xi, x[rest..]);
            Store(ai, s1[rest..]);
            Store(bi, s2[rest..]);
            Store(ci, s3[rest..]);
        }
    }

    private static Vector<T> Load<T>(ReadOnlySpan<T> rest)
        where T : unmanaged
    {
        Span<T> padded = stackalloc T[Vector<T>.Count];
        padded.Clear();
        rest.CopyTo(padded);
        return new Vector<T>(padded);
    }

    private static void Store<T>(Vector<T> values, Span<T> rest)
        where T : unmanaged
    {
        Span<T> padded = stackalloc T[Vector<T>.Count];
        values.CopyTo(padded);
        padded[..rest.Length].CopyTo(rest);
    }
}
