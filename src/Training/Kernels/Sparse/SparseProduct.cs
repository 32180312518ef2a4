using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Sparse;

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

    private const int RowsPerBlock = 1024;

    private const int MaximumRowsOnStack = 1024;

    /// <summary>Rows whose output gradients are copied at a time, where columns are gone through.</summary>
    private const int RowsOfColumns = 512;

    /// <summary>Columns whose gradients are summed before they are put into place: 32 KiB of the widest strip.</summary>
    private const int ColumnsPerStripe = 64;

    /// <summary>Outputs from which sorting a mini-batch pays for one run alone; for several, half as many do. Fewer are as fast added to memory.</summary>
    private const int OutputsWorthSorting = 65;

    /// <summary>Elements of scratch that either product needs.</summary>
    public static int ScratchLength(int inputs, int outputs) =>
        (inputs * PaddedOutputs(outputs)) + (RowsOfColumns * SparseGather.MaximumVectors * WidestVector) + WidestVector;

    /// <summary>Whether <see cref="SparseColumns{T}"/> pay for the weight gradient.</summary>
    /// <param name="outputs">That are computed at once: of one run, or of several side by side.</param>
    /// <param name="runs">Runs that train on the same mini-batch.</param>
    public static bool PaysToSort(int outputs, int runs) => outputs >= OutputsWorthSorting / (runs > 1 ? 2 : 1);

    /// <summary>Y = X·Wᵀ over the given rows of X.</summary>
    /// <param name="x">The data set.</param>
    /// <param name="examples">Rows of X, one a row of Y.</param>
    /// <param name="weights">W, outputs × inputs.</param>
    /// <param name="y">Examples × outputs.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements; overwritten.</param>
    /// <param name="bias">Added to each row of Y; none where empty.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Forward<T>(
        SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> weights, MatrixView<T> y, Span<T> scratch, ReadOnlySpan<T> bias = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Forward(InstructionSets.Best, x, examples, weights, y, scratch, bias);

    /// <summary>G = dYᵀ·X over the given rows of X.</summary>
    /// <param name="dy">Examples × outputs.</param>
    /// <param name="gradient">Outputs × inputs; overwritten.</param>
    /// <param name="x">The data set.</param>
    /// <param name="examples">Rows of X, one a row of dY.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements; overwritten.</param>
    /// <param name="columns">The examples sorted by column, where that was done: the same bits, sooner.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void WeightGradient<T>(
        SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> dy, MatrixView<T> gradient, Span<T> scratch, SparseColumns<T>? columns = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        WeightGradient(InstructionSets.Best, x, examples, dy, gradient, scratch, columns);

    internal static unsafe void Forward<T>(
        InstructionSet set, SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> weights, MatrixView<T> y, Span<T> scratch, ReadOnlySpan<T> bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var padded = Check(x, examples, y.Rows, y.Columns, weights.Rows, weights.Columns, scratch.Length);
        if (!bias.IsEmpty && bias.Length != y.Columns)
        {
            throw new ArgumentException($"{bias.Length} biases do not go with {y.Columns} outputs.", nameof(bias));
        }

        fixed (T* memory = scratch, py = y.Values, pw = weights.Values, pb = bias)
        fixed (int* rows = examples)
        {
            SimdDispatch.Run<T, Kernel<T>>(set, new Kernel<T>
            {
                X = x, Examples = rows, Count = examples.Length, Weights = Align(memory), Padded = padded, Source = pw, SourceStride = weights.RowStride,
                Y = py, YStride = y.Stride, Outputs = y.Columns, Bias = pb,
            });
        }
    }

    internal static unsafe void WeightGradient<T>(
        InstructionSet set, SparseMatrix<T> x, ReadOnlySpan<int> examples, ReadOnlyMatrixView<T> dy, MatrixView<T> gradient, Span<T> scratch,
        SparseColumns<T>? columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var padded = Check(x, examples, dy.Rows, dy.Columns, gradient.Rows, gradient.Columns, scratch.Length);
        if (columns is not null && columns.Count != examples.Length)
        {
            throw new ArgumentException($"{columns.Count} sorted examples are not the {examples.Length} given.", nameof(columns));
        }

        fixed (T* memory = scratch, py = dy.Values, pg = gradient.Values)
        fixed (int* rows = examples)
        {
            SimdDispatch.Run<T, Kernel<T>>(set, new Kernel<T>
            {
                X = x, Columns = columns, Examples = rows, Count = examples.Length, Weights = Align(memory), Padded = padded,
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

        x.CheckRows(examples);
        return PaddedOutputs(yColumns);
    }

    private unsafe struct Kernel<T> : ISimdKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public SparseMatrix<T> X;
        public SparseColumns<T>? Columns;
        public int* Examples;
        public T* Weights, Source, Y, Bias, Gradient;
        public nint SourceStride, YStride, GradientStride;
        public int Count, Padded, Outputs;

        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var vectors = (Outputs + TSimd.Width - 1) / TSimd.Width;
            var strips = (vectors + SparseGather.MaximumVectors - 1) / SparseGather.MaximumVectors;
            var output = 0;
            for (var left = strips; left > 0; left--)
            {
                var width = (vectors + left - 1) / left;
                if (Columns is null)
                {
                    Strip<TSimd, TVector>(output, width);
                }
                else
                {
                    ByColumns<TSimd, TVector>(output, width);
                }

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
            var width = vectors * TSimd.Width;
            var outputs = Math.Min(width, Outputs - output);
            var stripe = Math.Max(ForwardStripeBytes / (vectors * Unsafe.SizeOf<TVector>()) / 8, 1) * 8;

            // Rows by blocks, so that what is known of them stays in the cache from stripe to stripe.
            for (var first = 0; first < Count; first += RowsPerBlock)
            {
                for (var pixel = 0; pixel < X.Columns; pixel += stripe)
                {
                    var pixels = Math.Min(stripe, X.Columns - pixel);
                    Transposition.Run<TSimd, TVector, T>(Source + (output * SourceStride) + pixel, SourceStride, outputs, pixels, Weights, width);
                    SparseGather.Run<TSimd, TVector, T>(
                        vectors, rows + first, Math.Min(RowsPerBlock, Count - first), table, Weights - (pixel * width), width, pixel + pixels,
                        outputs - ((vectors - 1) * TSimd.Width), pixel == 0, Bias == null ? null : Bias + output);
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
                SparseScatter.Run<TSimd, TVector, T>(vectors, rows, Count, table, Weights - (pixel * width), width, pixel + pixels, last, pixel == 0);
                Place<TSimd, TVector>(Weights, output, vectors, pixel, pixels);
            }
        }

        /// <summary>
        /// A chunk of rows after another: their output gradients are copied into whole vectors, then columns go by in stripes, whose sums stay in the cache until
        /// the last row is done.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void ByColumns<TSimd, TVector>(int output, int vectors)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var width = vectors * TSimd.Width;
            var dy = Weights + (X.Columns * Padded);
            for (var first = 0; first < Count; first += RowsOfColumns)
            {
                var rows = Math.Min(RowsOfColumns, Count - first);
                Pack(first, rows, output, width, dy);
                var isLast = first + rows == Count;
                fixed (T* table = X.Values)
                {
                    for (var column = 0; column < X.Columns; column += ColumnsPerStripe)
                    {
                        var columns = Math.Min(ColumnsPerStripe, X.Columns - column);
                        var sums = Weights + (Count > RowsOfColumns ? column * width : 0);
                        for (var block = 0; block < rows; block += SparseColumns.BlockRows)
                        {
                            ColumnGather.Run<TSimd, TVector, T>(
                                vectors, Columns!.First(first + block, column), columns, table, dy + (block * width), sums, first + block > 0);
                        }

                        if (isLast)
                        {
                            Place<TSimd, TVector>(sums, output, vectors, column, columns);
                        }
                    }
                }
            }
        }

        /// <summary>Rows of a strip's output gradients one after another, with zeros behind the last output.</summary>
        private readonly void Pack(int first, int rows, int output, int width, T* packed)
        {
            var outputs = Math.Min(width, Outputs - output);
            for (var row = 0; row < rows; row++, packed += width)
            {
                new ReadOnlySpan<T>(Y + ((first + row) * YStride) + output, outputs).CopyTo(new Span<T>(packed, outputs));
                new Span<T>(packed + outputs, width - outputs).Clear();
            }
        }

        /// <summary>Transposes the sums of some pixels into the gradient.</summary>
        private readonly void Place<TSimd, TVector>(T* sums, int output, int vectors, int pixel, int pixels)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var width = vectors * TSimd.Width;
            Transposition.Run<TSimd, TVector, T>(
                sums, width, pixels, Math.Min(width, Outputs - output), Gradient + (output * GradientStride) + pixel, GradientStride);
        }
    }
}
