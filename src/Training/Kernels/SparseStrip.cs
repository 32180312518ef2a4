using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Kernels;

/// <summary>Where a row of non-zeros (indices, and values or their codes) is being read, and its outputs.</summary>
internal unsafe struct SparseRow<T>
    where T : unmanaged
{
    public ushort* Indices;
    public ushort* End;
    public byte* Values;
    public T* Y;
}

/// <summary>The innermost loops of sparse products: one to eight vectors of outputs in registers while a row's non-zeros go by.</summary>
internal static unsafe class SparseStrip
{
    public const int MaximumVectors = 8;

    private const int Ahead = 8;

    /// <summary>Reads all rows on up to a pixel, leaving them there.</summary>
    /// <param name="table">The values that codes stand for; null where rows have the values themselves.</param>
    /// <param name="weights">Pixel p's outputs begin at <c>weights[p * stride]</c> and have whole vectors.</param>
    /// <param name="endPixel">Where this stripe of pixels ends.</param>
    /// <param name="last">Outputs in the last vector.</param>
    /// <param name="scatter">Adds x·y to the weights of each pixel, instead of x·w to y.</param>
    /// <param name="first">Whether this is the first stripe of pixels.</param>
    /// <param name="accumulate">Adds to what y holds before the first.</param>
    public static void Run<TSimd, TVector, T>(
        int vectors, SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool scatter, bool first, bool accumulate)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (table == null)
        {
            Run<TSimd, TVector, T, Plain>(vectors, rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
        }
        else
        {
            Run<TSimd, TVector, T, Coded>(vectors, rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
        }
    }

    private static void Run<TSimd, TVector, T, TCoded>(
        int vectors, SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool scatter, bool first, bool accumulate)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
    {
        switch (vectors)
        {
            case 1:
                Run<TSimd, TVector, T, TCoded, One>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            case 2:
                Run<TSimd, TVector, T, TCoded, Two>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            case 3:
                Run<TSimd, TVector, T, TCoded, Three>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            case 4:
                Run<TSimd, TVector, T, TCoded, Four>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            case 5:
                Run<TSimd, TVector, T, TCoded, Five>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            case 6:
                Run<TSimd, TVector, T, TCoded, Six>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            case 7:
                Run<TSimd, TVector, T, TCoded, Seven>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            case 8:
                Run<TSimd, TVector, T, TCoded, Eight>(rows, count, table, weights, stride, endPixel, last, scatter, first, accumulate);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(vectors), vectors, "No strip is this wide.");
        }
    }

    /// <summary>
    /// Rows lie anywhere in a list larger than the caches, too short for the processor to see a pattern; unasked, a third of an iteration would be waiting.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<T>(in SparseRow<T> row, int valueBytes)
        where T : unmanaged
    {
        var bytes = (nint)((byte*)row.End - (byte*)row.Indices);
        CacheLines.Prefetch(row.Indices, bytes);
        CacheLines.Prefetch(row.Values, bytes / sizeof(ushort) * valueBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector, T, TCoded, TVectors>(
        SparseRow<T>* rows, int count, T* table, T* weights, nint stride, int endPixel, int last, bool scatter, bool first, bool accumulate)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
        where TVectors : struct, IConstant
    {
        for (var i = 0; i < count; i++)
        {
            if (first && i + Ahead < count)
            {
                Prefetch(rows[i + Ahead], Size<T, TCoded>());
            }

            if (scatter)
            {
                Scatter<TSimd, TVector, T, TCoded, TVectors>(ref rows[i], table, weights, stride, endPixel, last);
            }
            else
            {
                Gather<TSimd, TVector, T, TCoded, TVectors>(ref rows[i], table, weights, stride, endPixel, last, accumulate || !first);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<TSimd, TVector, T, TCoded, TVectors>(
        ref SparseRow<T> row, T* table, T* weights, nint stride, int endPixel, int last, bool accumulate)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
        where TVectors : struct, IConstant
    {
        var index = row.Indices;
        var end = row.End;
        var value = row.Values;
        var y = row.Y;
        var s0 = Begin<TSimd, TVector, T, TVectors>(y, 0, last, accumulate);
        var s1 = Begin<TSimd, TVector, T, TVectors>(y, 1, last, accumulate);
        var s2 = Begin<TSimd, TVector, T, TVectors>(y, 2, last, accumulate);
        var s3 = Begin<TSimd, TVector, T, TVectors>(y, 3, last, accumulate);
        var s4 = Begin<TSimd, TVector, T, TVectors>(y, 4, last, accumulate);
        var s5 = Begin<TSimd, TVector, T, TVectors>(y, 5, last, accumulate);
        var s6 = Begin<TSimd, TVector, T, TVectors>(y, 6, last, accumulate);
        var s7 = Begin<TSimd, TVector, T, TVectors>(y, 7, last, accumulate);

        // A single vector would wait for its own sum: the next three non-zeros have sums of their own.
        TVector t = default, u = default, v = default;
        while (TVectors.Value == 1 && index + 4 <= end && index[3] < endPixel)
        {
            s0 = TSimd.MultiplyAdd(TSimd.Broadcast(Value<T, TCoded>(value, 0, table)), TSimd.Load(weights + (index[0] * stride)), s0);
            t = TSimd.MultiplyAdd(TSimd.Broadcast(Value<T, TCoded>(value, 1, table)), TSimd.Load(weights + (index[1] * stride)), t);
            u = TSimd.MultiplyAdd(TSimd.Broadcast(Value<T, TCoded>(value, 2, table)), TSimd.Load(weights + (index[2] * stride)), u);
            v = TSimd.MultiplyAdd(TSimd.Broadcast(Value<T, TCoded>(value, 3, table)), TSimd.Load(weights + (index[3] * stride)), v);
            index += 4;
            value += 4 * Size<T, TCoded>();
        }

        while (index < end && *index < endPixel)
        {
            var w = weights + (*index * stride);
            var x = TSimd.Broadcast(Value<T, TCoded>(value, 0, table));
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
            value += Size<T, TCoded>();
        }

        if (TVectors.Value == 1)
        {
            s0 = TSimd.Add(TSimd.Add(s0, t), TSimd.Add(u, v));
        }

        row.Indices = index;
        row.Values = value;
        End<TSimd, TVector, T, TVectors>(y, 0, last, s0);
        End<TSimd, TVector, T, TVectors>(y, 1, last, s1);
        End<TSimd, TVector, T, TVectors>(y, 2, last, s2);
        End<TSimd, TVector, T, TVectors>(y, 3, last, s3);
        End<TSimd, TVector, T, TVectors>(y, 4, last, s4);
        End<TSimd, TVector, T, TVectors>(y, 5, last, s5);
        End<TSimd, TVector, T, TVectors>(y, 6, last, s6);
        End<TSimd, TVector, T, TVectors>(y, 7, last, s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<TSimd, TVector, T, TCoded, TVectors>(ref SparseRow<T> row, T* table, T* weights, nint stride, int endPixel, int last)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TCoded : struct, IConstant
        where TVectors : struct, IConstant
    {
        var index = row.Indices;
        var end = row.End;
        var value = row.Values;
        var y = row.Y;
        var s0 = Begin<TSimd, TVector, T, TVectors>(y, 0, last, true);
        var s1 = Begin<TSimd, TVector, T, TVectors>(y, 1, last, true);
        var s2 = Begin<TSimd, TVector, T, TVectors>(y, 2, last, true);
        var s3 = Begin<TSimd, TVector, T, TVectors>(y, 3, last, true);
        var s4 = Begin<TSimd, TVector, T, TVectors>(y, 4, last, true);
        var s5 = Begin<TSimd, TVector, T, TVectors>(y, 5, last, true);
        var s6 = Begin<TSimd, TVector, T, TVectors>(y, 6, last, true);
        var s7 = Begin<TSimd, TVector, T, TVectors>(y, 7, last, true);

        while (index < end && *index < endPixel)
        {
            var w = weights + (*index * stride);
            var x = TSimd.Broadcast(Value<T, TCoded>(value, 0, table));
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
            value += Size<T, TCoded>();
        }

        row.Indices = index;
        row.Values = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Value<T, TCoded>(byte* values, int index, T* table)
        where T : unmanaged
        where TCoded : struct, IConstant => TCoded.Value == 1 ? table[values[index]] : ((T*)values)[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Size<T, TCoded>()
        where T : unmanaged
        where TCoded : struct, IConstant => TCoded.Value == 1 ? 1 : sizeof(T);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin<TSimd, TVector, T, TVectors>(T* y, int vector, int last, bool accumulate)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TVectors : struct, IConstant
    {
        if (!accumulate || vector >= TVectors.Value)
        {
            return default;
        }

        y += vector * TSimd.Width;
        return vector == TVectors.Value - 1 && last < TSimd.Width ? TSimd.LoadFirst(y, last) : TSimd.Load(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TSimd, TVector, T, TVectors>(T* y, int vector, int last, TVector sum)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TVectors : struct, IConstant
    {
        y += vector * TSimd.Width;
        if (vector == TVectors.Value - 1 && last < TSimd.Width)
        {
            TSimd.StoreFirst(y, sum, last);
        }
        else if (vector < TVectors.Value)
        {
            TSimd.Store(y, sum);
        }
    }

    /// <summary>Values are bytes, each standing for a number of the table.</summary>
    private readonly struct Coded : IConstant
    {
        public static int Value => 1;
    }

    /// <summary>Values are the numbers themselves.</summary>
    private readonly struct Plain : IConstant
    {
        public static int Value => 0;
    }
}
