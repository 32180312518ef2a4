using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>Four rows of A: pointers to each.</summary>
internal unsafe struct FourRows<T>
    where T : unmanaged
{
    public const int Count = 4;

    public T* R0;
    public T* R1;
    public T* R2;
    public T* R3;
}

/// <summary>Four numbers, one for each row.</summary>
internal record struct Four<T>(T N0, T N1, T N2, T N3);

/// <summary>
/// Products of rows with x, and sums of rows: for four rows and one or two runs at a time, so that what is loaded is used several times. Every sum runs in one
/// fixed order, whatever it is computed beside.
/// </summary>
internal static unsafe class RowKernels
{
    /// <summary>The products of four rows with x, and with <paramref name="z"/> where there are two runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot<TSimd, TVector, T, TRuns>(in FourRows<T> rows, T* x, T* z, int length, out Four<T> ofX, out Four<T> ofZ)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRuns : struct, IConstant
    {
        var (r0, r1, r2, r3) = ((nint)rows.R0, (nint)rows.R1, (nint)rows.R2, (nint)rows.R3);
        TVector s0 = default, s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
        TVector u0 = s0, u1 = s0, u2 = s0, u3 = s0, v0 = s0, v1 = s0, v2 = s0, v3 = s0;
        var i = 0;
        for (; i + (2 * TSimd.Width) <= length; i += 2 * TSimd.Width)
        {
            var (a0, a1, a2, a3) = (TSimd.Load((T*)r0 + i), TSimd.Load((T*)r1 + i), TSimd.Load((T*)r2 + i), TSimd.Load((T*)r3 + i));
            var first = TSimd.Load(x + i);
            s0 = TSimd.MultiplyAdd(a0, first, s0);
            s1 = TSimd.MultiplyAdd(a1, first, s1);
            s2 = TSimd.MultiplyAdd(a2, first, s2);
            s3 = TSimd.MultiplyAdd(a3, first, s3);
            if (TRuns.Value > 1)
            {
                first = TSimd.Load(z + i);
                u0 = TSimd.MultiplyAdd(a0, first, u0);
                u1 = TSimd.MultiplyAdd(a1, first, u1);
                u2 = TSimd.MultiplyAdd(a2, first, u2);
                u3 = TSimd.MultiplyAdd(a3, first, u3);
            }

            var j = i + TSimd.Width;
            (a0, a1, a2, a3) = (TSimd.Load((T*)r0 + j), TSimd.Load((T*)r1 + j), TSimd.Load((T*)r2 + j), TSimd.Load((T*)r3 + j));
            var second = TSimd.Load(x + j);
            t0 = TSimd.MultiplyAdd(a0, second, t0);
            t1 = TSimd.MultiplyAdd(a1, second, t1);
            t2 = TSimd.MultiplyAdd(a2, second, t2);
            t3 = TSimd.MultiplyAdd(a3, second, t3);
            if (TRuns.Value > 1)
            {
                second = TSimd.Load(z + j);
                v0 = TSimd.MultiplyAdd(a0, second, v0);
                v1 = TSimd.MultiplyAdd(a1, second, v1);
                v2 = TSimd.MultiplyAdd(a2, second, v2);
                v3 = TSimd.MultiplyAdd(a3, second, v3);
            }
        }

        for (; i < length; i += TSimd.Width)
        {
            var left = Math.Min(TSimd.Width, length - i);
            var (a0, a1, a2, a3) = (
                TSimd.LoadFirst((T*)r0 + i, left), TSimd.LoadFirst((T*)r1 + i, left), TSimd.LoadFirst((T*)r2 + i, left), TSimd.LoadFirst((T*)r3 + i, left));
            var rest = TSimd.LoadFirst(x + i, left);
            s0 = TSimd.MultiplyAdd(a0, rest, s0);
            s1 = TSimd.MultiplyAdd(a1, rest, s1);
            s2 = TSimd.MultiplyAdd(a2, rest, s2);
            s3 = TSimd.MultiplyAdd(a3, rest, s3);
            if (TRuns.Value > 1)
            {
                rest = TSimd.LoadFirst(z + i, left);
                u0 = TSimd.MultiplyAdd(a0, rest, u0);
                u1 = TSimd.MultiplyAdd(a1, rest, u1);
                u2 = TSimd.MultiplyAdd(a2, rest, u2);
                u3 = TSimd.MultiplyAdd(a3, rest, u3);
            }
        }

        ofX = new(TSimd.Sum(TSimd.Add(s0, t0)), TSimd.Sum(TSimd.Add(s1, t1)), TSimd.Sum(TSimd.Add(s2, t2)), TSimd.Sum(TSimd.Add(s3, t3)));
        ofZ = TRuns.Value == 1
            ? default
            : new(TSimd.Sum(TSimd.Add(u0, v0)), TSimd.Sum(TSimd.Add(u1, v1)), TSimd.Sum(TSimd.Add(u2, v2)), TSimd.Sum(TSimd.Add(u3, v3)));
    }

    /// <summary>Adds the four rows, each times its factor, to g, and to <paramref name="h"/> where there are two runs.</summary>
    /// <param name="overwrites">Writes the sums without adding to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TSimd, TVector, T, TRuns>(in FourRows<T> rows, Four<T> ofG, Four<T> ofH, T* g, T* h, int length, bool overwrites)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRuns : struct, IConstant
    {
        var (r0, r1, r2, r3) = ((nint)rows.R0, (nint)rows.R1, (nint)rows.R2, (nint)rows.R3);
        var (c0, c1, c2, c3) = (TSimd.Broadcast(ofG.N0), TSimd.Broadcast(ofG.N1), TSimd.Broadcast(ofG.N2), TSimd.Broadcast(ofG.N3));
        var (d0, d1, d2, d3) = (TSimd.Broadcast(ofH.N0), TSimd.Broadcast(ofH.N1), TSimd.Broadcast(ofH.N2), TSimd.Broadcast(ofH.N3));
        var i = 0;
        for (; i + TSimd.Width <= length; i += TSimd.Width)
        {
            var (a0, a1, a2, a3) = (TSimd.Load((T*)r0 + i), TSimd.Load((T*)r1 + i), TSimd.Load((T*)r2 + i), TSimd.Load((T*)r3 + i));
            var sum = overwrites ? default : TSimd.Load(g + i);
            TSimd.Store(g + i, TSimd.MultiplyAdd(a3, c3, TSimd.MultiplyAdd(a2, c2, TSimd.MultiplyAdd(a1, c1, TSimd.MultiplyAdd(a0, c0, sum)))));
            if (TRuns.Value > 1)
            {
                sum = overwrites ? default : TSimd.Load(h + i);
                TSimd.Store(h + i, TSimd.MultiplyAdd(a3, d3, TSimd.MultiplyAdd(a2, d2, TSimd.MultiplyAdd(a1, d1, TSimd.MultiplyAdd(a0, d0, sum)))));
            }
        }

        if (i < length)
        {
            var left = length - i;
            var (a0, a1, a2, a3) = (
                TSimd.LoadFirst((T*)r0 + i, left), TSimd.LoadFirst((T*)r1 + i, left), TSimd.LoadFirst((T*)r2 + i, left), TSimd.LoadFirst((T*)r3 + i, left));
            var sum = overwrites ? default : TSimd.LoadFirst(g + i, left);
            TSimd.StoreFirst(g + i, TSimd.MultiplyAdd(a3, c3, TSimd.MultiplyAdd(a2, c2, TSimd.MultiplyAdd(a1, c1, TSimd.MultiplyAdd(a0, c0, sum)))), left);
            if (TRuns.Value > 1)
            {
                sum = overwrites ? default : TSimd.LoadFirst(h + i, left);
                TSimd.StoreFirst(h + i, TSimd.MultiplyAdd(a3, d3, TSimd.MultiplyAdd(a2, d2, TSimd.MultiplyAdd(a1, d1, TSimd.MultiplyAdd(a0, d0, sum)))), left);
            }
        }
    }
}
