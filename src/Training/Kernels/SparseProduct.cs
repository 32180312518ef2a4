using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// A network's first linear layer on sparse constant data. Weights and their gradient are worked on transposed, one row a pixel, so that each non-zero
/// meets all outputs as whole vectors; pixels go by in stripes whose weights stay in the caches.
/// </summary>
public static class SparseProduct
{
    // Bytes of weights in a stripe of pixels. Narrower stripes stay in the first-level cache but end each row's loop more often,
    // which the processor cannot foresee; measured best at these.
    private const int ForwardStripeBytes = 64 * 1024;
    private const int GradientStripeBytes = 32 * 1024;

    private const int WidestVector = 16;

    private const int RowsPerBlock = 256;

    private const int MaximumRowsOnStack = 1024;

    /// <summary>Elements of scratch that either product needs.</summary>
    public static int ScratchLength(int inputs, int outputs) => (inputs * PaddedOutputs(outputs)) + WidestVector;

    /// <summary>Y = X·Wᵀ over the given rows of X.</summary>
    /// <param name="x">The data set.</param>
    /// <param name="examples">Rows of X, one a row of Y.</param>
    /// <param name="weights">W, outputs × inputs.</param>
    /// <param name="y">Examples × outputs.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements; overwritten.</param>
    /// <param name="accumulate">Adds to Y instead of overwriting it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Forward<T>(
        SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> weights, MatrixView<T> y, Span<T> scratch, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Forward(InstructionSets.Best, x, examples, weights, y, scratch, accumulate);

    /// <summary>G = dYᵀ·X over the given rows of X.</summary>
    /// <param name="dy">Examples × outputs.</param>
    /// <param name="gradient">Outputs × inputs; overwritten.</param>
    /// <param name="x">The data set.</param>
    /// <param name="examples">Rows of X, one a row of dY.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements; overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void WeightGradient<T>(
        SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> dy, MatrixView<T> gradient, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        WeightGradient(InstructionSets.Best, x, examples, dy, gradient, scratch);

    internal static unsafe void Forward<T>(
        InstructionSet set, SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> weights, MatrixView<T> y, Span<T> scratch, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var padded = Check(x, examples, y.Rows, y.Columns, weights.Rows, weights.Columns, scratch.Length);
        fixed (T* memory = scratch, py = y.Values, pw = weights.Values)
        fixed (int* rows = examples)
        {
            var transposed = Align(memory);
            Transposition.Run(set, pw, weights.RowStride, y.Columns, x.Columns, transposed, padded);
            SimdDispatch.Run<T, Kernel<T>>(set, new Kernel<T>
            {
                X = x, Examples = rows, Count = examples.Length, Weights = transposed, Padded = padded,
                Y = py, YStride = y.Stride, Outputs = y.Columns, Accumulate = accumulate,
            });
        }
    }

    internal static unsafe void WeightGradient<T>(
        InstructionSet set, SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> dy, MatrixView<T> gradient, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var padded = Check(x, examples, dy.Rows, dy.Columns, gradient.Rows, gradient.Columns, scratch.Length);
        fixed (T* memory = scratch, py = dy.Values, pg = gradient.Values)
        fixed (int* rows = examples)
        {
            SimdDispatch.Run<T, Kernel<T>>(set, new Kernel<T>
            {
                X = x, Examples = rows, Count = examples.Length, Weights = Align(memory), Padded = padded,
                Y = py, YStride = dy.RowStride, Outputs = dy.Columns, Gradient = pg, GradientStride = gradient.Stride,
            });
        }
    }

    private static int PaddedOutputs(int outputs) => (outputs + WidestVector - 1) / WidestVector * WidestVector;

    // A vector that straddles two cache lines costs twice, and whole rows of them cost half the speed.
    private static unsafe T* Align<T>(T* memory)
        where T : unmanaged => (T*)(((nint)memory + (WidestVector * 4) - 1) & -(WidestVector * 4));

    private static int Check<T>(SparseMatrix<T> x, ReadOnlySpan<int> examples, int yRows, int yColumns, int wRows, int wColumns, int scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (yRows != examples.Length || wRows != yColumns || wColumns != x.Columns)
        {
            throw new ArgumentException(
                $"{examples.Length} examples of {x.Columns} inputs and weights {wRows} × {wColumns} do not go with {yRows} × {yColumns} outputs.", nameof(x));
        }

        if (scratch < ScratchLength(x.Columns, yColumns))
        {
            throw new ArgumentException($"The scratch holds {scratch} elements; {ScratchLength(x.Columns, yColumns)} are needed.", nameof(scratch));
        }

        foreach (var example in examples)
        {
            if ((uint)example >= (uint)x.Rows)
            {
                throw new ArgumentException($"Example {example} is not one of {x.Rows}.", nameof(examples));
            }
        }

        return PaddedOutputs(yColumns);
    }

    private unsafe struct Kernel<T> : ISimdKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public SparseMatrix<T> X;
        public int* Examples;
        public T* Weights, Y, Gradient;
        public nint YStride, GradientStride;
        public int Count, Padded, Outputs;
        public bool Accumulate;

        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var vectors = (Outputs + TSimd.Width - 1) / TSimd.Width;
            var strips = (vectors + SparseStrip.MaximumVectors - 1) / SparseStrip.MaximumVectors;
            var output = 0;
            for (var left = strips; left > 0; left--)
            {
                var width = (vectors + left - 1) / left;
                Strip<TSimd, TVector>(output, width);
                output += width * TSimd.Width;
                vectors -= width;
            }
        }

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Strip<TSimd, TVector>(int output, int vectors)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var onStack = stackalloc SparseRow<T>[Math.Min(Count, MaximumRowsOnStack)];
            var rows = Count <= MaximumRowsOnStack ? onStack : (SparseRow<T>*)NativeMemory.Alloc((nuint)Count, (nuint)sizeof(SparseRow<T>));
            fixed (long* starts = X.Starts)
            fixed (ushort* indices = X.Indices)
            fixed (T* values = X.Values)
            fixed (byte* codes = X.Codes)
            {
                var first = codes == null ? (byte*)values : codes;
                var size = codes == null ? sizeof(T) : 1;
                for (var i = 0; i < Count; i++)
                {
                    rows[i] = new SparseRow<T>
                    {
                        Indices = indices + starts[Examples[i]],
                        Values = first + (starts[Examples[i]] * size),
                        End = indices + starts[Examples[i] + 1],
                        Y = Y + (i * YStride) + output,
                    };
                }

                if (Gradient == null)
                {
                    Forward<TSimd, TVector>(output, vectors, rows, codes == null ? null : values);
                }
                else
                {
                    Backward<TSimd, TVector>(output, vectors, rows, codes == null ? null : values);
                }
            }

            if (rows != onStack)
            {
                NativeMemory.Free(rows);
            }
        }

        private readonly void Forward<TSimd, TVector>(int output, int vectors, SparseRow<T>* rows, T* table)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var last = Math.Min(Outputs - output - ((vectors - 1) * TSimd.Width), TSimd.Width);
            var stripe = Math.Max(ForwardStripeBytes / (vectors * Unsafe.SizeOf<TVector>()), 8);

            // Rows by blocks, so that what is known of them stays in the cache from stripe to stripe.
            for (var first = 0; first < Count; first += RowsPerBlock)
            {
                for (var pixel = 0; pixel < X.Columns; pixel += stripe)
                {
                    SparseStrip.Run<TSimd, TVector, T>(
                        vectors, rows + first, Math.Min(RowsPerBlock, Count - first), table, Weights + output, Padded, pixel + stripe, last, false, pixel == 0,
                        Accumulate);
                }
            }
        }

        private readonly void Backward<TSimd, TVector>(int output, int vectors, SparseRow<T>* rows, T* table)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var width = vectors * TSimd.Width;
            var outputs = Math.Min(width, Outputs - output);
            var last = outputs - ((vectors - 1) * TSimd.Width);
            var stripe = Math.Max(GradientStripeBytes / (vectors * Unsafe.SizeOf<TVector>()) / 8, 1) * 8;
            for (var pixel = 0; pixel < X.Columns; pixel += stripe)
            {
                // One small matrix for all stripes: the whole transposed gradient would push the weights out of the second-level cache.
                var pixels = Math.Min(stripe, X.Columns - pixel);
                new Span<T>(Weights, pixels * width).Clear();
                SparseStrip.Run<TSimd, TVector, T>(
                    vectors, rows, Count, table, Weights - (pixel * width), width, pixel + pixels, last, true, pixel == 0, true);
                Transposition.Run<TSimd, TVector, T>(
                    Weights, width, pixels, outputs, Gradient + (output * GradientStride) + pixel, GradientStride);
            }
        }
    }
}
