using System.Numerics;
using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// Dense matrix products. The left factor is read where it lies, in either orientation, for its elements are broadcast. The right factor is copied
/// into panels as wide as a tile, one at a time, on the stack: no workspace, no allocation. Sums over k are cut at the same places
/// whatever the number of rows.
/// </summary>
public static class MatrixProduct
{
    // Rows of the left factor that stay in a 1 MiB second-level cache (192 · 640 floats, 480 KiB) while all panels go by.
    private const int BlockRows = 640;

    /// <summary>C = A·B, or C += A·B.</summary>
    /// <param name="a">m × k.</param>
    /// <param name="b">k × n.</param>
    /// <param name="c">m × n. Must overlap neither factor.</param>
    /// <param name="accumulate">Adds to C instead of overwriting it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply<T>(ReadOnlyMatrixView<T> a, ReadOnlyMatrixView<T> b, MatrixView<T> c, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(InstructionSets.Best, a, b, c, accumulate);

    /// <summary>C = A·B + 1·biasᵀ: the same row is added to every row.</summary>
    /// <param name="bias">n numbers.</param>
    /// <inheritdoc cref="Multiply{T}(ReadOnlyMatrixView{T}, ReadOnlyMatrixView{T}, MatrixView{T}, bool)"/>
    public static void Multiply<T>(ReadOnlyMatrixView<T> a, ReadOnlyMatrixView<T> b, MatrixView<T> c, ReadOnlySpan<T> bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(InstructionSets.Best, a, b, c, accumulate: false, bias);

    internal static unsafe void Multiply<T>(
        InstructionSet set, ReadOnlyMatrixView<T> a, ReadOnlyMatrixView<T> b, MatrixView<T> c, bool accumulate, ReadOnlySpan<T> bias = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns)
        {
            throw new ArgumentException($"({a.Rows} × {a.Columns})·({b.Rows} × {b.Columns}) does not give {c.Rows} × {c.Columns}.", nameof(c));
        }

        if (!bias.IsEmpty && bias.Length != c.Columns)
        {
            throw new ArgumentException($"{bias.Length} biases do not go with {c.Columns} columns.", nameof(bias));
        }

        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        if (a.Columns == 0)
        {
            for (var row = 0; row < c.Rows && !accumulate; row++)
            {
                var values = c.Values.Slice(row * c.Stride, c.Columns);
                values.Clear();
                bias.CopyTo(values);
            }

            return;
        }

        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values, added = bias)
        {
            SimdDispatch.Run<T, Kernel<T>>(set, new Kernel<T>
            {
                A = pa, ARow = a.RowStride, AColumn = a.ColumnStride,
                B = pb, BRow = b.RowStride, BColumn = b.ColumnStride,
                C = pc, CRow = c.Stride,
                Rows = c.Rows, Columns = c.Columns, Depth = a.Columns,
                Addend = added != null ? new Addend<T>(added, 0) : Addend<T>.If(accumulate, pc, c.Stride),
            });
        }
    }

    private unsafe struct Kernel<T> : ISimdKernel<T>
        where T : unmanaged
    {
        public T* A, B, C;
        public nint ARow, AColumn, BRow, BColumn, CRow;
        public int Rows, Columns, Depth;
        public Addend<T> Addend;

        [SkipLocalsInit]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            const int Alignment = 64;
            var memory = stackalloc byte[(DepthBlock.Longest * 2 * Unsafe.SizeOf<TVector>()) + Alignment];
            var panel = (T*)(((nint)memory + Alignment - 1) & -Alignment);

            for (var row = 0; row < Rows; row += BlockRows)
            {
                var rows = Math.Min(BlockRows, Rows - row);
                for (var block = new DepthBlock(Depth); block.Length > 0; block = block.Next())
                {
                    Block<TSimd, TVector>(panel, row, rows, block.First, block.Length);
                }
            }
        }

        private readonly void Block<TSimd, TVector>(T* panel, int firstRow, int rows, int k, int depth)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var width = 2 * TSimd.Width;
            var a = A + (firstRow * ARow) + (k * AColumn);
            var c = C + (firstRow * CRow);
            var addend = k > 0 ? new Addend<T>(c, CRow) : Addend.Below(firstRow);
            for (var j = 0; j < Columns; j += width)
            {
                var columns = Math.Min(width, Columns - j);
                var panelWidth = columns > TSimd.Width ? width : TSimd.Width;
                var b = B + (k * BRow) + (j * BColumn);
                var bStride = BRow;

                // Few rows do not pay for a copy, where rows of the right factor lie together and fill whole vectors.
                if (BColumn != 1 || columns != panelWidth || rows > TSimd.TileRows)
                {
                    ProductPanel.Pack<TSimd, TVector, T>(b, BRow, BColumn, depth, columns, panel, panelWidth);
                    b = panel;
                    bStride = panelWidth;
                }

                ProductTiles.Stack<TSimd, TVector, T>(rows, columns, a, ARow, AColumn, b, bStride, c + j, CRow, depth, addend.Behind(j));
            }
        }
    }
}
