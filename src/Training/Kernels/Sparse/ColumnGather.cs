using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Kernels.Sparse;

/// <summary>
/// The weight gradient by columns: one to eight vectors of a column's gradient in registers while the examples that have something in it go by. In the
/// order of the examples, as <see cref="SparseScatter"/> adds them, to the bit; but nothing is written until the column is done.
/// </summary>
internal static unsafe class ColumnGather
{
    /// <param name="column">The first column, in the lists of its block.</param>
    /// <param name="table">The values that codes stand for.</param>
    /// <param name="dy">Output gradients of the block's rows, in whole vectors.</param>
    /// <param name="gradient">Of the first column; columns follow in whole vectors.</param>
    /// <param name="accumulate">Adds to what the gradient holds.</param>
    public static void Run<TSimd, TVector, T>(int vectors, ColumnList column, int columns, T* table, T* dy, T* gradient, bool accumulate)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        switch (vectors)
        {
            case 1:
                Run<TSimd, TVector, T, One>(column, columns, table, dy, gradient, accumulate);
                break;
            case 2:
                Run<TSimd, TVector, T, Two>(column, columns, table, dy, gradient, accumulate);
                break;
            case 3:
                Run<TSimd, TVector, T, Three>(column, columns, table, dy, gradient, accumulate);
                break;
            case 4:
                Run<TSimd, TVector, T, Four>(column, columns, table, dy, gradient, accumulate);
                break;
            case 5:
                Run<TSimd, TVector, T, Five>(column, columns, table, dy, gradient, accumulate);
                break;
            case 6:
                Run<TSimd, TVector, T, Six>(column, columns, table, dy, gradient, accumulate);
                break;
            case 7:
                Run<TSimd, TVector, T, Seven>(column, columns, table, dy, gradient, accumulate);
                break;
            case 8:
                Run<TSimd, TVector, T, Eight>(column, columns, table, dy, gradient, accumulate);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(vectors), vectors, "No strip is this wide.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector, T, TVectors>(ColumnList column, int columns, T* table, T* dy, T* gradient, bool accumulate)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TVectors : struct, IConstant
    {
        var last = TSimd.Width;
        var stride = TVectors.Value * TSimd.Width;
        for (var c = 0; c < columns; c++)
        {
            var begin = accumulate ? gradient : null;
            var s0 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 0, last);
            var s1 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 1, last);
            var s2 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 2, last);
            var s3 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 3, last);
            var s4 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 4, last);
            var s5 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 5, last);
            var s6 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 6, last);
            var s7 = OutputVectors.Begin<TSimd, TVector, T, TVectors>(begin, 7, last);
            var end = column.Entries + *column.Count;
            for (var entry = column.Entries; entry < end; entry++)
            {
                uint both = *entry;
                var row = dy + ((both & ColumnList.RowMask) * (nint)stride);
                var x = TSimd.Broadcast(table[both >> ColumnList.CodeShift]);
                s0 = TSimd.MultiplyAdd(x, TSimd.Load(row), s0);
                if (TVectors.Value > 1)
                {
                    s1 = TSimd.MultiplyAdd(x, TSimd.Load(row + (1 * TSimd.Width)), s1);
                }

                if (TVectors.Value > 2)
                {
                    s2 = TSimd.MultiplyAdd(x, TSimd.Load(row + (2 * TSimd.Width)), s2);
                }

                if (TVectors.Value > 3)
                {
                    s3 = TSimd.MultiplyAdd(x, TSimd.Load(row + (3 * TSimd.Width)), s3);
                }

                if (TVectors.Value > 4)
                {
                    s4 = TSimd.MultiplyAdd(x, TSimd.Load(row + (4 * TSimd.Width)), s4);
                }

                if (TVectors.Value > 5)
                {
                    s5 = TSimd.MultiplyAdd(x, TSimd.Load(row + (5 * TSimd.Width)), s5);
                }

                if (TVectors.Value > 6)
                {
                    s6 = TSimd.MultiplyAdd(x, TSimd.Load(row + (6 * TSimd.Width)), s6);
                }

                if (TVectors.Value > 7)
                {
                    s7 = TSimd.MultiplyAdd(x, TSimd.Load(row + (7 * TSimd.Width)), s7);
                }
            }

            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 0, last, s0);
            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 1, last, s1);
            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 2, last, s2);
            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 3, last, s3);
            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 4, last, s4);
            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 5, last, s5);
            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 6, last, s6);
            OutputVectors.End<TSimd, TVector, T, TVectors>(gradient, 7, last, s7);
            gradient += stride;
            column = column.Next;
        }
    }
}
