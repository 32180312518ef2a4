using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Kernels.Sparse;

/// <summary>
/// x·w for rows of non-zeros: one to eight vectors of outputs in registers while a row's non-zeros go by. Every output is one sum in the order of the
/// columns, whatever it is computed beside, so that its bits do not depend on how many outputs there are.
/// </summary>
internal static unsafe class SparseGather
{
    public const int MaximumVectors = 8;

    /// <summary>Up to so many vectors, one row's sums would wait for each other: two rows take turns.</summary>
    private const int FewVectors = 4;

    /// <summary>Reads all rows on up to a pixel, leaving them there.</summary>
    /// <param name="table">The values that codes stand for; null where rows have the values themselves.</param>
    /// <param name="weights">Pixel p's outputs begin at <c>weights[p * stride]</c> and have whole vectors.</param>
    /// <param name="endPixel">Where this stripe of pixels ends.</param>
    /// <param name="last">Outputs in the last vector.</param>
    /// <param name="first">Whether this is the first stripe of pixels.</param>
    /// <param name="bias">What the sums of each row begin with, in the first stripe; null for zeros. Later, they begin with what y holds.</param>
    public static void Run<TSimd, TVector, T>(
        int vectors, SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool first, T* bias)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (table == null)
        {
            Run<TSimd, TVector, T, SparseValues.Plain>(vectors, rows, count, table, weights, stride, endPixel, last, first, bias);
        }
        else
        {
            Run<TSimd, TVector, T, SparseValues.Coded>(vectors, rows, count, table, weights, stride, endPixel, last, first, bias);
        }
    }

    private static void Run<TSimd, TVector, T, TCoded>(
        int vectors, SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool first, T* bias)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
    {
        switch (vectors)
        {
            case 1:
                Run<TSimd, TVector, T, TCoded, One>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            case 2:
                Run<TSimd, TVector, T, TCoded, Two>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            case 3:
                Run<TSimd, TVector, T, TCoded, Three>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            case 4:
                Run<TSimd, TVector, T, TCoded, Four>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            case 5:
                Run<TSimd, TVector, T, TCoded, Five>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            case 6:
                Run<TSimd, TVector, T, TCoded, Six>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            case 7:
                Run<TSimd, TVector, T, TCoded, Seven>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            case 8:
                Run<TSimd, TVector, T, TCoded, Eight>(rows, count, table, weights, stride, endPixel, last, first, bias);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(vectors), vectors, "No strip is this wide.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector, T, TCoded, TVectors>(
        SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool first, T* bias)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
        where TVectors : struct, IConstant
    {
        for (var i = 0; i < count; i++)
        {
            if (first && i + SparseRow<T>.Ahead < count)
            {
                rows[i + SparseRow<T>.Ahead].Prefetch<TCoded>();
            }

            if (TVectors.Value > FewVectors)
            {
                OneRow<TSimd, TVector, T, TCoded, TVectors>(ref rows[i], table, weights, stride, endPixel, last, first ? bias : rows[i].Y);
            }
            else if (i % 2 == 1)
            {
                TwoRows<TSimd, TVector, T, TCoded, TVectors>(
                    ref rows[i - 1], ref rows[i], table, weights, stride, endPixel, last, first ? bias : rows[i - 1].Y, first ? bias : rows[i].Y);
            }
            else if (i == count - 1)
            {
                OneRow<TSimd, TVector, T, TCoded, TVectors>(ref rows[i], table, weights, stride, endPixel, last, first ? bias : rows[i].Y);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow<TSimd, TVector, T, TCoded, TVectors>(
        ref SparseRow<T> row, T* table, T* weights, nint stride, int endPixel, int last, T* begin)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
        where TVectors : struct, IConstant
    {
        var index = row.Indices;
        var end = row.End;
        var value = row.Values;
        var s0 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 0, last);
        var s1 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 1, last);
        var s2 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 2, last);
        var s3 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 3, last);
        var s4 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 4, last);
        var s5 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 5, last);
        var s6 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 6, last);
        var s7 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 7, last);
        while (index < end && *index < endPixel)
        {
            var w = weights + (*index * stride);
            var x = TSimd.Broadcast(SparseValues.At<T, TCoded>(value, 0, table));
            s0 = TSimd.MultiplyAdd(x, TSimd.Load(w), s0);
            if (TVectors.Value > 1)
            {
                s1 = TSimd.MultiplyAdd(x, TSimd.Load(w + (1 * TSimd.Width)), s1);
            }

            if (TVectors.Value > 2)
            {
                s2 = TSimd.MultiplyAdd(x, TSimd.Load(w + (2 * TSimd.Width)), s2);
            }

            if (TVectors.Value > 3)
            {
                s3 = TSimd.MultiplyAdd(x, TSimd.Load(w + (3 * TSimd.Width)), s3);
            }

            if (TVectors.Value > 4)
            {
                s4 = TSimd.MultiplyAdd(x, TSimd.Load(w + (4 * TSimd.Width)), s4);
            }

            if (TVectors.Value > 5)
            {
                s5 = TSimd.MultiplyAdd(x, TSimd.Load(w + (5 * TSimd.Width)), s5);
            }

            if (TVectors.Value > 6)
            {
                s6 = TSimd.MultiplyAdd(x, TSimd.Load(w + (6 * TSimd.Width)), s6);
            }

            if (TVectors.Value > 7)
            {
                s7 = TSimd.MultiplyAdd(x, TSimd.Load(w + (7 * TSimd.Width)), s7);
            }

            index++;
            value += SparseValues.Size<T, TCoded>();
        }

        row.Indices = index;
        row.Values = value;
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 0, last, s0);
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 1, last, s1);
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 2, last, s2);
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 3, last, s3);
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 4, last, s4);
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 5, last, s5);
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 6, last, s6);
        OutputVectors.End<TSimd, TVector, T, TVectors>(row.Y, 7, last, s7);
    }

    /// <summary>Both rows as far as the shorter one goes, then the rest of the longer one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoRows<TSimd, TVector, T, TCoded, TVectors>(
        ref SparseRow<T> a, ref SparseRow<T> b, T* table, T* weights, nint stride, int endPixel, int last, T* beginA, T* beginB)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
        where TVectors : struct, IConstant
    {
        var (p, q) = (a, b);
        var s0 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginA, 0, last);
        var s1 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginA, 1, last);
        var s2 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginA, 2, last);
        var s3 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginA, 3, last);
        var t0 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginB, 0, last);
        var t1 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginB, 1, last);
        var t2 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginB, 2, last);
        var t3 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(beginB, 3, last);
        while (p.Indices < p.End && q.Indices < q.End && *p.Indices < endPixel && *q.Indices < endPixel)
        {
            var w = weights + (*p.Indices * stride);
            var v = weights + (*q.Indices * stride);
            var x = TSimd.Broadcast(SparseValues.At<T, TCoded>(p.Values, 0, table));
            var z = TSimd.Broadcast(SparseValues.At<T, TCoded>(q.Values, 0, table));
            s0 = TSimd.MultiplyAdd(x, TSimd.Load(w), s0);
            t0 = TSimd.MultiplyAdd(z, TSimd.Load(v), t0);
            if (TVectors.Value > 1)
            {
                s1 = TSimd.MultiplyAdd(x, TSimd.Load(w + (1 * TSimd.Width)), s1);
                t1 = TSimd.MultiplyAdd(z, TSimd.Load(v + (1 * TSimd.Width)), t1);
            }

            if (TVectors.Value > 2)
            {
                s2 = TSimd.MultiplyAdd(x, TSimd.Load(w + (2 * TSimd.Width)), s2);
                t2 = TSimd.MultiplyAdd(z, TSimd.Load(v + (2 * TSimd.Width)), t2);
            }

            if (TVectors.Value > 3)
            {
                s3 = TSimd.MultiplyAdd(x, TSimd.Load(w + (3 * TSimd.Width)), s3);
                t3 = TSimd.MultiplyAdd(z, TSimd.Load(v + (3 * TSimd.Width)), t3);
            }

            p.Indices++;
            q.Indices++;
            p.Values += SparseValues.Size<T, TCoded>();
            q.Values += SparseValues.Size<T, TCoded>();
        }

        (a, b) = (p, q);
        OutputVectors.End<TSimd, TVector, T, TVectors>(a.Y, 0, last, s0);
        OutputVectors.End<TSimd, TVector, T, TVectors>(a.Y, 1, last, s1);
        OutputVectors.End<TSimd, TVector, T, TVectors>(a.Y, 2, last, s2);
        OutputVectors.End<TSimd, TVector, T, TVectors>(a.Y, 3, last, s3);
        OutputVectors.End<TSimd, TVector, T, TVectors>(b.Y, 0, last, t0);
        OutputVectors.End<TSimd, TVector, T, TVectors>(b.Y, 1, last, t1);
        OutputVectors.End<TSimd, TVector, T, TVectors>(b.Y, 2, last, t2);
        OutputVectors.End<TSimd, TVector, T, TVectors>(b.Y, 3, last, t3);
        ref var longer = ref p.Indices < p.End && *p.Indices < endPixel ? ref a : ref b;
        OneRow<TSimd, TVector, T, TCoded, TVectors>(ref longer, table, weights, stride, endPixel, last, longer.Y);
    }
}
