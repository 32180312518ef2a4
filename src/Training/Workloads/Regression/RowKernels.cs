using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>Pointers to four rows of A, or to the vectors of up to four runs.</summary>
internal unsafe struct FourRows<T>
    where T : unmanaged
{
    public const int Count = 4;

    public T* R0;
    public T* R1;
    public T* R2;
    public T* R3;
}

/// <summary>
/// Products of four rows with x, and sums of four rows, for one, two or four runs at a time, so that what is loaded is used several times. Every sum runs in
/// one fixed order, whatever it is computed beside.
/// </summary>
internal static unsafe class RowKernels
{
    /// <summary>The products of four rows with the x of each run.</summary>
    /// <param name="products">Four numbers for each run.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot<TSimd, TVector, T, TRuns>(in FourRows<T> rows, in FourRows<T> xs, int length, T* products)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRuns : struct, IConstant
    {
        var r0 = rows.R0;
        var r1 = rows.R1;
        var r2 = rows.R2;
        var r3 = rows.R3;
        var x0 = xs.R0;
        var x1 = xs.R1;
        var x2 = xs.R2;
        var x3 = xs.R3;
        TVector s00 = default, s01 = default, s02 = default, s03 = default;
        TVector s10 = default, s11 = default, s12 = default, s13 = default;
        TVector s20 = default, s21 = default, s22 = default, s23 = default;
        TVector s30 = default, s31 = default, s32 = default, s33 = default;
        TVector x;
        var i = 0;
        for (; i + TSimd.Width <= length; i += TSimd.Width)
        {
            var (a0, a1, a2, a3) = (TSimd.Load(r0 + i), TSimd.Load(r1 + i), TSimd.Load(r2 + i), TSimd.Load(r3 + i));
            x = TSimd.Load(x0 + i);
            s00 = TSimd.MultiplyAdd(a0, x, s00);
            s01 = TSimd.MultiplyAdd(a1, x, s01);
            s02 = TSimd.MultiplyAdd(a2, x, s02);
            s03 = TSimd.MultiplyAdd(a3, x, s03);
            if (TRuns.Value > 1)
            {
                x = TSimd.Load(x1 + i);
                s10 = TSimd.MultiplyAdd(a0, x, s10);
                s11 = TSimd.MultiplyAdd(a1, x, s11);
                s12 = TSimd.MultiplyAdd(a2, x, s12);
                s13 = TSimd.MultiplyAdd(a3, x, s13);
            }

            if (TRuns.Value > 2)
            {
                x = TSimd.Load(x2 + i);
                s20 = TSimd.MultiplyAdd(a0, x, s20);
                s21 = TSimd.MultiplyAdd(a1, x, s21);
                s22 = TSimd.MultiplyAdd(a2, x, s22);
                s23 = TSimd.MultiplyAdd(a3, x, s23);
                x = TSimd.Load(x3 + i);
                s30 = TSimd.MultiplyAdd(a0, x, s30);
                s31 = TSimd.MultiplyAdd(a1, x, s31);
                s32 = TSimd.MultiplyAdd(a2, x, s32);
                s33 = TSimd.MultiplyAdd(a3, x, s33);
            }
        }

        if (i < length)
        {
            var left = length - i;
            var (a0, a1, a2, a3) = (
                TSimd.LoadFirst(r0 + i, left), TSimd.LoadFirst(r1 + i, left), TSimd.LoadFirst(r2 + i, left), TSimd.LoadFirst(r3 + i, left));
            x = TSimd.LoadFirst(x0 + i, left);
            s00 = TSimd.MultiplyAdd(a0, x, s00);
            s01 = TSimd.MultiplyAdd(a1, x, s01);
            s02 = TSimd.MultiplyAdd(a2, x, s02);
            s03 = TSimd.MultiplyAdd(a3, x, s03);
            if (TRuns.Value > 1)
            {
                x = TSimd.LoadFirst(x1 + i, left);
                s10 = TSimd.MultiplyAdd(a0, x, s10);
                s11 = TSimd.MultiplyAdd(a1, x, s11);
                s12 = TSimd.MultiplyAdd(a2, x, s12);
                s13 = TSimd.MultiplyAdd(a3, x, s13);
            }

            if (TRuns.Value > 2)
            {
                x = TSimd.LoadFirst(x2 + i, left);
                s20 = TSimd.MultiplyAdd(a0, x, s20);
                s21 = TSimd.MultiplyAdd(a1, x, s21);
                s22 = TSimd.MultiplyAdd(a2, x, s22);
                s23 = TSimd.MultiplyAdd(a3, x, s23);
                x = TSimd.LoadFirst(x3 + i, left);
                s30 = TSimd.MultiplyAdd(a0, x, s30);
                s31 = TSimd.MultiplyAdd(a1, x, s31);
                s32 = TSimd.MultiplyAdd(a2, x, s32);
                s33 = TSimd.MultiplyAdd(a3, x, s33);
            }
        }

        Sum<TSimd, TVector, T>(products, s00, s01, s02, s03);
        if (TRuns.Value > 1)
        {
            Sum<TSimd, TVector, T>(products + 4, s10, s11, s12, s13);
        }

        if (TRuns.Value > 2)
        {
            Sum<TSimd, TVector, T>(products + 8, s20, s21, s22, s23);
            Sum<TSimd, TVector, T>(products + 12, s30, s31, s32, s33);
        }
    }

    /// <summary>Adds the four rows, each times its factor, to the g of each run.</summary>
    /// <param name="factors">Four numbers for each run.</param>
    /// <param name="overwrites">Writes the sums without adding to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TSimd, TVector, T, TRuns>(in FourRows<T> rows, in FourRows<T> gs, T* factors, int length, bool overwrites)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRuns : struct, IConstant
    {
        var r0 = rows.R0;
        var r1 = rows.R1;
        var r2 = rows.R2;
        var r3 = rows.R3;
        var g0 = gs.R0;
        var g1 = gs.R1;
        var g2 = gs.R2;
        var g3 = gs.R3;
        var f00 = TSimd.Broadcast(factors[0]);
        var f01 = TSimd.Broadcast(factors[1]);
        var f02 = TSimd.Broadcast(factors[2]);
        var f03 = TSimd.Broadcast(factors[3]);
        var f10 = TRuns.Value > 1 ? TSimd.Broadcast(factors[4]) : default;
        var f11 = TRuns.Value > 1 ? TSimd.Broadcast(factors[5]) : default;
        var f12 = TRuns.Value > 1 ? TSimd.Broadcast(factors[6]) : default;
        var f13 = TRuns.Value > 1 ? TSimd.Broadcast(factors[7]) : default;
        var f20 = TRuns.Value > 2 ? TSimd.Broadcast(factors[8]) : default;
        var f21 = TRuns.Value > 2 ? TSimd.Broadcast(factors[9]) : default;
        var f22 = TRuns.Value > 2 ? TSimd.Broadcast(factors[10]) : default;
        var f23 = TRuns.Value > 2 ? TSimd.Broadcast(factors[11]) : default;
        var f30 = TRuns.Value > 2 ? TSimd.Broadcast(factors[12]) : default;
        var f31 = TRuns.Value > 2 ? TSimd.Broadcast(factors[13]) : default;
        var f32 = TRuns.Value > 2 ? TSimd.Broadcast(factors[14]) : default;
        var f33 = TRuns.Value > 2 ? TSimd.Broadcast(factors[15]) : default;
        TVector sum;
        var i = 0;
        for (; i + TSimd.Width <= length; i += TSimd.Width)
        {
            var (a0, a1, a2, a3) = (TSimd.Load(r0 + i), TSimd.Load(r1 + i), TSimd.Load(r2 + i), TSimd.Load(r3 + i));
            sum = overwrites ? default : TSimd.Load(g0 + i);
            sum = TSimd.MultiplyAdd(a0, f00, sum);
            sum = TSimd.MultiplyAdd(a1, f01, sum);
            sum = TSimd.MultiplyAdd(a2, f02, sum);
            sum = TSimd.MultiplyAdd(a3, f03, sum);
            TSimd.Store(g0 + i, sum);
            if (TRuns.Value > 1)
            {
                sum = overwrites ? default : TSimd.Load(g1 + i);
                sum = TSimd.MultiplyAdd(a0, f10, sum);
                sum = TSimd.MultiplyAdd(a1, f11, sum);
                sum = TSimd.MultiplyAdd(a2, f12, sum);
                sum = TSimd.MultiplyAdd(a3, f13, sum);
                TSimd.Store(g1 + i, sum);
            }

            if (TRuns.Value > 2)
            {
                sum = overwrites ? default : TSimd.Load(g2 + i);
                sum = TSimd.MultiplyAdd(a0, f20, sum);
                sum = TSimd.MultiplyAdd(a1, f21, sum);
                sum = TSimd.MultiplyAdd(a2, f22, sum);
                sum = TSimd.MultiplyAdd(a3, f23, sum);
                TSimd.Store(g2 + i, sum);
                sum = overwrites ? default : TSimd.Load(g3 + i);
                sum = TSimd.MultiplyAdd(a0, f30, sum);
                sum = TSimd.MultiplyAdd(a1, f31, sum);
                sum = TSimd.MultiplyAdd(a2, f32, sum);
                sum = TSimd.MultiplyAdd(a3, f33, sum);
                TSimd.Store(g3 + i, sum);
            }
        }

        if (i < length)
        {
            var left = length - i;
            var (a0, a1, a2, a3) = (
                TSimd.LoadFirst(r0 + i, left), TSimd.LoadFirst(r1 + i, left), TSimd.LoadFirst(r2 + i, left), TSimd.LoadFirst(r3 + i, left));
            sum = overwrites ? default : TSimd.LoadFirst(g0 + i, left);
            sum = TSimd.MultiplyAdd(a0, f00, sum);
            sum = TSimd.MultiplyAdd(a1, f01, sum);
            sum = TSimd.MultiplyAdd(a2, f02, sum);
            sum = TSimd.MultiplyAdd(a3, f03, sum);
            TSimd.StoreFirst(g0 + i, sum, left);
            if (TRuns.Value > 1)
            {
                sum = overwrites ? default : TSimd.LoadFirst(g1 + i, left);
                sum = TSimd.MultiplyAdd(a0, f10, sum);
                sum = TSimd.MultiplyAdd(a1, f11, sum);
                sum = TSimd.MultiplyAdd(a2, f12, sum);
                sum = TSimd.MultiplyAdd(a3, f13, sum);
                TSimd.StoreFirst(g1 + i, sum, left);
            }

            if (TRuns.Value > 2)
            {
                sum = overwrites ? default : TSimd.LoadFirst(g2 + i, left);
                sum = TSimd.MultiplyAdd(a0, f20, sum);
                sum = TSimd.MultiplyAdd(a1, f21, sum);
                sum = TSimd.MultiplyAdd(a2, f22, sum);
                sum = TSimd.MultiplyAdd(a3, f23, sum);
                TSimd.StoreFirst(g2 + i, sum, left);
                sum = overwrites ? default : TSimd.LoadFirst(g3 + i, left);
                sum = TSimd.MultiplyAdd(a0, f30, sum);
                sum = TSimd.MultiplyAdd(a1, f31, sum);
                sum = TSimd.MultiplyAdd(a2, f32, sum);
                sum = TSimd.MultiplyAdd(a3, f33, sum);
                TSimd.StoreFirst(g3 + i, sum, left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<TSimd, TVector, T>(T* sums, TVector s0, TVector s1, TVector s2, TVector s3)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        sums[0] = TSimd.Sum(s0);
        sums[1] = TSimd.Sum(s1);
        sums[2] = TSimd.Sum(s2);
        sums[3] = TSimd.Sum(s3);
    }
}
