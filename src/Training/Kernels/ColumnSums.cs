using System.Numerics;
using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>Sums of a matrix's columns, such as the gradient of a bias: rows are added in their order, four vectors of columns at a time.</summary>
internal static unsafe class ColumnSums
{
    /// <param name="rows">Whole rows, one after another.</param>
    /// <param name="sums">Overwritten; as many as a row has columns.</param>
    /// <exception cref="ArgumentException">The rows are not whole.</exception>
    public static void Of<T>(InstructionSet set, ReadOnlySpan<T> rows, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sums.IsEmpty || rows.Length % sums.Length != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are not whole rows of {sums.Length}.", nameof(rows));
        }

        fixed (T* r = rows, s = sums)
        {
            SimdDispatch.Run<T, Kernel<T>>(set, new Kernel<T> { Values = r, Sums = s, Rows = rows.Length / sums.Length, Columns = sums.Length });
        }
    }

    private struct Kernel<T> : ISimdKernel<T>
        where T : unmanaged
    {
        public T* Values, Sums;
        public int Rows, Columns;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var column = 0;
            for (; column + (4 * TSimd.Width) <= Columns; column += 4 * TSimd.Width)
            {
                TVector s0 = default, s1 = s0, s2 = s0, s3 = s0;
                var row = Values + column;
                for (var i = 0; i < Rows; i++, row += Columns)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(row));
                    s1 = TSimd.Add(s1, TSimd.Load(row + TSimd.Width));
                    s2 = TSimd.Add(s2, TSimd.Load(row + (2 * TSimd.Width)));
                    s3 = TSimd.Add(s3, TSimd.Load(row + (3 * TSimd.Width)));
                }

                TSimd.Store(Sums + column, s0);
                TSimd.Store(Sums + column + TSimd.Width, s1);
                TSimd.Store(Sums + column + (2 * TSimd.Width), s2);
                TSimd.Store(Sums + column + (3 * TSimd.Width), s3);
            }

            for (; column < Columns; column += TSimd.Width)
            {
                var left = Math.Min(TSimd.Width, Columns - column);
                TVector sum = default;
                for (var i = 0; i < Rows; i++)
                {
                    var row = Values + ((nint)i * Columns) + column;
                    sum = TSimd.Add(sum, left == TSimd.Width ? TSimd.Load(row) : TSimd.LoadFirst(row, left));
                }

                TSimd.StoreFirst(Sums + column, sum, left);
            }
        }
    }
}
