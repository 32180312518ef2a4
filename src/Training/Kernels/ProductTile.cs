using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// The innermost loop of matrix products: a tile of C, some rows high and one or two vectors wide, summed over k in registers. Rows and vectors
/// are constants to the JIT, which drops the sums that a smaller tile does not have; hence the one long list instead of arrays, which would live in memory.
/// </summary>
internal static unsafe class ProductTile
{
    /// <summary>C = A·B, and what is added to it.</summary>
    /// <param name="a">First element; its row i, column k is <c>a[i * rowStride + k * columnStride]</c>, so a transposed A needs no copy.</param>
    /// <param name="b">Row k begins at <c>b[k * bStride]</c> and has whole vectors.</param>
    /// <param name="c">Row i begins at <c>c[i * cStride]</c>.</param>
    /// <param name="last">Columns of C in the last vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd, TVector, T, TRows, TVectors>(
        T* a, nint rowStride, nint columnStride, T* b, nint bStride, T* c, nint cStride, int depth, int last, Addend<T> addend)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TRows : struct, IConstant
        where TVectors : struct, IConstant
    {
        // Every third row has a pointer; the two rows after it are at one and two strides.
        var a0 = a + (0 * rowStride);
        var a3 = a + (3 * rowStride);
        var a6 = a + (6 * rowStride);
        var a9 = a + (9 * rowStride);
        var a12 = a + (12 * rowStride);
        var twoRows = 2 * rowStride;
        TVector s0 = default, t0 = default;
        TVector s1 = default, t1 = default;
        TVector s2 = default, t2 = default;
        TVector s3 = default, t3 = default;
        TVector s4 = default, t4 = default;
        TVector s5 = default, t5 = default;
        TVector s6 = default, t6 = default;
        TVector s7 = default, t7 = default;
        TVector s8 = default, t8 = default;
        TVector s9 = default, t9 = default;
        TVector s10 = default, t10 = default;
        TVector s11 = default, t11 = default;
        TVector s12 = default, t12 = default;
        TVector s13 = default, t13 = default;

        for (var k = 0; k < depth; k++)
        {
            var b0 = TSimd.Load(b);
            var b1 = TVectors.Value > 1 ? TSimd.Load(b + TSimd.Width) : default;
            b += bStride;
            if (TRows.Value > 0)
            {
                var v = TSimd.Broadcast(*a0);
                s0 = TSimd.MultiplyAdd(v, b0, s0);
                if (TVectors.Value > 1)
                {
                    t0 = TSimd.MultiplyAdd(v, b1, t0);
                }
            }

            if (TRows.Value > 1)
            {
                var v = TSimd.Broadcast(a0[rowStride]);
                s1 = TSimd.MultiplyAdd(v, b0, s1);
                if (TVectors.Value > 1)
                {
                    t1 = TSimd.MultiplyAdd(v, b1, t1);
                }
            }

            if (TRows.Value > 2)
            {
                var v = TSimd.Broadcast(a0[twoRows]);
                s2 = TSimd.MultiplyAdd(v, b0, s2);
                if (TVectors.Value > 1)
                {
                    t2 = TSimd.MultiplyAdd(v, b1, t2);
                }
            }

            if (TRows.Value > 3)
            {
                var v = TSimd.Broadcast(*a3);
                s3 = TSimd.MultiplyAdd(v, b0, s3);
                if (TVectors.Value > 1)
                {
                    t3 = TSimd.MultiplyAdd(v, b1, t3);
                }
            }

            if (TRows.Value > 4)
            {
                var v = TSimd.Broadcast(a3[rowStride]);
                s4 = TSimd.MultiplyAdd(v, b0, s4);
                if (TVectors.Value > 1)
                {
                    t4 = TSimd.MultiplyAdd(v, b1, t4);
                }
            }

            if (TRows.Value > 5)
            {
                var v = TSimd.Broadcast(a3[twoRows]);
                s5 = TSimd.MultiplyAdd(v, b0, s5);
                if (TVectors.Value > 1)
                {
                    t5 = TSimd.MultiplyAdd(v, b1, t5);
                }
            }

            if (TRows.Value > 6)
            {
                var v = TSimd.Broadcast(*a6);
                s6 = TSimd.MultiplyAdd(v, b0, s6);
                if (TVectors.Value > 1)
                {
                    t6 = TSimd.MultiplyAdd(v, b1, t6);
                }
            }

            if (TRows.Value > 7)
            {
                var v = TSimd.Broadcast(a6[rowStride]);
                s7 = TSimd.MultiplyAdd(v, b0, s7);
                if (TVectors.Value > 1)
                {
                    t7 = TSimd.MultiplyAdd(v, b1, t7);
                }
            }

            if (TRows.Value > 8)
            {
                var v = TSimd.Broadcast(a6[twoRows]);
                s8 = TSimd.MultiplyAdd(v, b0, s8);
                if (TVectors.Value > 1)
                {
                    t8 = TSimd.MultiplyAdd(v, b1, t8);
                }
            }

            if (TRows.Value > 9)
            {
                var v = TSimd.Broadcast(*a9);
                s9 = TSimd.MultiplyAdd(v, b0, s9);
                if (TVectors.Value > 1)
                {
                    t9 = TSimd.MultiplyAdd(v, b1, t9);
                }
            }

            if (TRows.Value > 10)
            {
                var v = TSimd.Broadcast(a9[rowStride]);
                s10 = TSimd.MultiplyAdd(v, b0, s10);
                if (TVectors.Value > 1)
                {
                    t10 = TSimd.MultiplyAdd(v, b1, t10);
                }
            }

            if (TRows.Value > 11)
            {
                var v = TSimd.Broadcast(a9[twoRows]);
                s11 = TSimd.MultiplyAdd(v, b0, s11);
                if (TVectors.Value > 1)
                {
                    t11 = TSimd.MultiplyAdd(v, b1, t11);
                }
            }

            if (TRows.Value > 12)
            {
                var v = TSimd.Broadcast(*a12);
                s12 = TSimd.MultiplyAdd(v, b0, s12);
                if (TVectors.Value > 1)
                {
                    t12 = TSimd.MultiplyAdd(v, b1, t12);
                }
            }

            if (TRows.Value > 13)
            {
                var v = TSimd.Broadcast(a12[rowStride]);
                s13 = TSimd.MultiplyAdd(v, b0, s13);
                if (TVectors.Value > 1)
                {
                    t13 = TSimd.MultiplyAdd(v, b1, t13);
                }
            }

            a0 += columnStride;
            a3 += columnStride;
            a6 += columnStride;
            a9 += columnStride;
            a12 += columnStride;
        }

        if (TRows.Value > 0)
        {
            Put<TSimd, TVector, T, TVectors>(c + (0 * cStride), s0, t0, last, addend.Row(0));
        }

        if (TRows.Value > 1)
        {
            Put<TSimd, TVector, T, TVectors>(c + (1 * cStride), s1, t1, last, addend.Row(1));
        }

        if (TRows.Value > 2)
        {
            Put<TSimd, TVector, T, TVectors>(c + (2 * cStride), s2, t2, last, addend.Row(2));
        }

        if (TRows.Value > 3)
        {
            Put<TSimd, TVector, T, TVectors>(c + (3 * cStride), s3, t3, last, addend.Row(3));
        }

        if (TRows.Value > 4)
        {
            Put<TSimd, TVector, T, TVectors>(c + (4 * cStride), s4, t4, last, addend.Row(4));
        }

        if (TRows.Value > 5)
        {
            Put<TSimd, TVector, T, TVectors>(c + (5 * cStride), s5, t5, last, addend.Row(5));
        }

        if (TRows.Value > 6)
        {
            Put<TSimd, TVector, T, TVectors>(c + (6 * cStride), s6, t6, last, addend.Row(6));
        }

        if (TRows.Value > 7)
        {
            Put<TSimd, TVector, T, TVectors>(c + (7 * cStride), s7, t7, last, addend.Row(7));
        }

        if (TRows.Value > 8)
        {
            Put<TSimd, TVector, T, TVectors>(c + (8 * cStride), s8, t8, last, addend.Row(8));
        }

        if (TRows.Value > 9)
        {
            Put<TSimd, TVector, T, TVectors>(c + (9 * cStride), s9, t9, last, addend.Row(9));
        }

        if (TRows.Value > 10)
        {
            Put<TSimd, TVector, T, TVectors>(c + (10 * cStride), s10, t10, last, addend.Row(10));
        }

        if (TRows.Value > 11)
        {
            Put<TSimd, TVector, T, TVectors>(c + (11 * cStride), s11, t11, last, addend.Row(11));
        }

        if (TRows.Value > 12)
        {
            Put<TSimd, TVector, T, TVectors>(c + (12 * cStride), s12, t12, last, addend.Row(12));
        }

        if (TRows.Value > 13)
        {
            Put<TSimd, TVector, T, TVectors>(c + (13 * cStride), s13, t13, last, addend.Row(13));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TSimd, TVector, T, TVectors>(T* c, TVector s, TVector t, int last, T* addend)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TVectors : struct, IConstant
    {
        if (TVectors.Value > 1)
        {
            TSimd.Store(c, addend != null ? TSimd.Add(TSimd.Load(addend), s) : s);
            c += TSimd.Width;
            addend += addend != null ? TSimd.Width : 0;
            s = t;
        }

        if (last == TSimd.Width)
        {
            TSimd.Store(c, addend != null ? TSimd.Add(TSimd.Load(addend), s) : s);
        }
        else
        {
            TSimd.StoreFirst(c, addend != null ? TSimd.Add(TSimd.LoadFirst(addend, last), s) : s, last);
        }
    }
}
