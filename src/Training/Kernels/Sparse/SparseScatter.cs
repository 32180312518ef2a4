using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Kernels.Sparse;

/// <summary>Adds x·y to the weights of each pixel of rows of non-zeros, where the outputs of a row are few: one to eight vectors, which stay in registers.</summary>
internal static unsafe class SparseScatter
{
    /// <summary>Reads all rows on up to a pixel, leaving them there.</summary>
    /// <inheritdoc cref="SparseGather.Run{TSimd, TVector, T}"/>
    public static void Run<TSimd, TVector, T>(
        int vectors, SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool first)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (table == null)
        {
            Run<TSimd, TVector, T, SparseValues.Plain>(vectors, rows, count, table, weights, stride, endPixel, last, first);
        }
        else
        {
            Run<TSimd, TVector, T, SparseValues.Coded>(vectors, rows, count, table, weights, stride, endPixel, last, first);
        }
    }

    private static void Run<TSimd, TVector, T, TCoded>(
        int vectors, SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool first)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
    {
        switch (vectors)
        {
            case 1:
                Run<TSimd, TVector, T, TCoded, One>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            case 2:
                Run<TSimd, TVector, T, TCoded, Two>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            case 3:
                Run<TSimd, TVector, T, TCoded, Three>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            case 4:
                Run<TSimd, TVector, T, TCoded, Four>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            case 5:
                Run<TSimd, TVector, T, TCoded, Five>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            case 6:
                Run<TSimd, TVector, T, TCoded, Six>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            case 7:
                Run<TSimd, TVector, T, TCoded, Seven>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            case 8:
                Run<TSimd, TVector, T, TCoded, Eight>(rows, count, table, weights, stride, endPixel, last, first);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(vectors), vectors, "No strip is this wide.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector, T, TCoded, TVectors>(
        SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool first)
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

            OneRow<TSimd, TVector, T, TCoded, TVectors>(ref rows[i], table, weights, stride, endPixel, last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow<TSimd, TVector, T, TCoded, TVectors>(ref SparseRow<T> row, T* table, T* weights, nint stride, int endPixel, int last)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
        where TVectors : struct, IConstant
    {
        var index = row.Indices;
        var end = row.End;
        var value = row.Values;
        var s0 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 0, last);
        var s1 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 1, last);
        var s2 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 2, last);
        var s3 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 3, last);
        var s4 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 4, last);
        var s5 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 5, last);
        var s6 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 6, last);
        var s7 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(row.Y, 7, last);
        while (index < end && *index < endPixel)
        {
            var w = weights + (*index * stride);
            var x = TSimd.Broadcast(SparseValues.At<T, TCoded>(value, 0, table));
            TSimd.Store(w, TSimd.MultiplyAdd(x, s0, TSimd.Load(w)));
            if (TVectors.Value > 1)
            {
                TSimd.Store(w + (1 * TSimd.Width), TSimd.MultiplyAdd(x, s1, TSimd.Load(w + (1 * TSimd.Width))));
            }

            if (TVectors.Value > 2)
            {
                TSimd.Store(w + (2 * TSimd.Width), TSimd.MultiplyAdd(x, s2, TSimd.Load(w + (2 * TSimd.Width))));
            }

            if (TVectors.Value > 3)
            {
                TSimd.Store(w + (3 * TSimd.Width), TSimd.MultiplyAdd(x, s3, TSimd.Load(w + (3 * TSimd.Width))));
            }

            if (TVectors.Value > 4)
            {
                TSimd.Store(w + (4 * TSimd.Width), TSimd.MultiplyAdd(x, s4, TSimd.Load(w + (4 * TSimd.Width))));
            }

            if (TVectors.Value > 5)
            {
                TSimd.Store(w + (5 * TSimd.Width), TSimd.MultiplyAdd(x, s5, TSimd.Load(w + (5 * TSimd.Width))));
            }

            if (TVectors.Value > 6)
            {
                TSimd.Store(w + (6 * TSimd.Width), TSimd.MultiplyAdd(x, s6, TSimd.Load(w + (6 * TSimd.Width))));
            }

            if (TVectors.Value > 7)
            {
                TSimd.Store(w + (7 * TSimd.Width), TSimd.MultiplyAdd(x, s7, TSimd.Load(w + (7 * TSimd.Width))));
            }

            index++;
            value += SparseValues.Size<T, TCoded>();
        }

        row.Indices = index;
        row.Values = value;
    }
}
