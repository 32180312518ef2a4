using System.Numerics;
using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// Convolutions of any shape as matrix products over patches. Patches are made for a few positions at a time and used while they are in the cache; the
/// whole patch matrix never exists.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class PatchConvolution<T> : IConvolution<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Patches of a block of positions, for the gradients: a quarter of a 1 MiB second-level cache.
    private const int BlockBytes = 256 * 1024;
    private const int Alignment = 64;

    private readonly ConvolutionShape _shape;
    private readonly InstructionSet _set;
    private readonly T[] _padded;
    private readonly ConvolutionPatches<T> _patches;
    private readonly T[] _matrix;
    private readonly T[] _transposed;
    private readonly T[] _packed;

    public PatchConvolution(ConvolutionShape shape, InstructionSet set)
    {
        _shape = shape;
        _set = set;
        _padded = shape.Padding == 0 ? [] : Allocate(shape.Channels * shape.PaddedHeight * shape.PaddedWidth);
        _patches = new ConvolutionPatches<T>(shape);
        _matrix = Allocate(shape.PatchLength * BlockPositions(shape));
        _packed = Allocate(shape.Filters * shape.PatchLength);
        _transposed = Allocate(shape.PatchLength * (shape.Filters / shape.Groups));
    }

    public void Forward(ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> output, int images)
    {
        fixed (T* x = input, w = weights, y = output, b = bias)
        {
            SimdDispatch.Run<T, ForwardKernel>(_set, new ForwardKernel { Owner = this, Input = x, Weights = w, Bias = b, Output = y, Images = images });
        }
    }

    public void Gradients(
        ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> outputGradient, Span<T> weightGradient, Span<T> inputGradient, int images)
    {
        WeightGradient(input, outputGradient, weightGradient, images);
        if (!inputGradient.IsEmpty)
        {
            InputGradient(outputGradient, weights, inputGradient, images);
        }
    }

    private void WeightGradient(ReadOnlySpan<T> input, ReadOnlySpan<T> outputGradient, Span<T> weightGradient, int images)
    {
        fixed (T* x = input, w = weightGradient, y = outputGradient)
        {
            SimdDispatch.Run<T, WeightKernel>(_set, new WeightKernel { Owner = this, Input = x, Weights = w, Output = y, Images = images });
        }
    }

    private void InputGradient(ReadOnlySpan<T> outputGradient, ReadOnlySpan<T> weights, Span<T> inputGradient, int images)
    {
        fixed (T* x = inputGradient, w = weights, y = outputGradient)
        {
            SimdDispatch.Run<T, InputKernel>(_set, new InputKernel { Owner = this, Input = x, Weights = w, Output = y, Images = images });
        }
    }

    private static T[] Allocate(int length) => GC.AllocateArray<T>(length + (Alignment / sizeof(T)), pinned: true);

    private static T* Aligned(T[] buffer) => (T*)(((nint)Unsafe.AsPointer(ref buffer[0]) + Alignment - 1) & -Alignment);

    /// <summary>Positions whose patches are made at once for the weight gradient: whole panels of the widest instruction set, and no deeper than a panel.</summary>
    private static int BlockPositions(ConvolutionShape shape)
    {
        var panel = 2 * Alignment / sizeof(T);
        var fitting = BlockBytes / sizeof(T) / shape.PatchLength / panel * panel;
        return Math.Clamp(fitting, panel, DepthBlock.Longest);
    }

    /// <summary>The image with zeros around each channel.</summary>
    private T* Pad(T* image)
    {
        if (_shape.Padding == 0)
        {
            return image;
        }

        var padded = Aligned(_padded);
        for (var row = 0; row < _shape.Channels * _shape.Height; row++)
        {
            new Span<T>(image + (row * _shape.Width), _shape.Width).CopyTo(new Span<T>(Interior(padded, row), _shape.Width));
        }

        return padded;
    }

    /// <summary>Where a row of a channel begins within its padding.</summary>
    private T* Interior(T* padded, int row)
    {
        var (channel, y) = Math.DivRem(row, _shape.Height);
        return padded + (((channel * _shape.PaddedHeight) + _shape.Padding + y) * _shape.PaddedWidth) + _shape.Padding;
    }

    private struct ForwardKernel : ISimdKernel<T>
    {
        public PatchConvolution<T> Owner;
        public T* Input, Weights, Bias, Output;
        public int Images;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var shape = Owner._shape;
            var patches = Owner._patches;
            var panel = Aligned(Owner._matrix);
            var (filters, depth, positions) = (shape.Filters / shape.Groups, shape.PatchLength, shape.Positions);
            var groupLength = shape.Channels / shape.Groups * shape.PaddedHeight * shape.PaddedWidth;
            var packed = Aligned(Owner._packed);
            for (var block = new DepthBlock(depth); block.Length > 0; block = block.Next())
            {
                for (var group = 0; group < shape.Groups; group++)
                {
                    ProductTiles.PackLeft<TSimd, TVector, T>(
                        filters, Weights + (group * filters * depth) + block.First, depth, 1, block.Length, packed + (filters * ((group * depth) + block.First)));
                }
            }

            for (var i = 0; i < Images; i++)
            {
                var image = Owner.Pad(Input + ((nint)i * shape.InputLength));
                var output = Output + ((nint)i * shape.OutputLength);
                for (var filter = 0; Bias != null && filter < shape.Filters; filter++)
                {
                    new Span<T>(output + (filter * positions), positions).Fill(Bias[filter]);
                }

                for (var group = 0; group < shape.Groups; group++)
                {
                    for (var p = 0; p < positions; p += 2 * TSimd.Width)
                    {
                        var columns = Math.Min(2 * TSimd.Width, positions - p);
                        var width = columns > TSimd.Width ? 2 * TSimd.Width : TSimd.Width;
                        for (var block = new DepthBlock(depth); block.Length > 0; block = block.Next())
                        {
                            patches.Copy<TSimd, TVector>(image + (group * groupLength), block.First, block.Length, p, columns, panel, width);
                            for (var row = 0; row < block.Length && columns < width; row++)
                            {
                                new Span<T>(panel + (row * width) + columns, width - columns).Clear();
                            }

                            var c = output + (group * filters * positions) + p;
                            ProductTiles.StackPacked<TSimd, TVector, T>(
                                filters, columns, packed + (filters * ((group * depth) + block.First)), panel, width, c, positions, block.Length,
                                Addend<T>.If(Bias != null || block.First > 0, c, positions));
                        }
                    }
                }
            }
        }
    }

    private struct WeightKernel : ISimdKernel<T>
    {
        public PatchConvolution<T> Owner;
        public T* Input, Weights, Output;
        public int Images;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var shape = Owner._shape;
            var patches = Owner._patches;
            var matrix = Aligned(Owner._matrix);
            var transposed = Aligned(Owner._transposed);
            var memory = stackalloc byte[(DepthBlock.Longest * 2 * Unsafe.SizeOf<TVector>()) + Alignment];
            var panel = (T*)(((nint)memory + Alignment - 1) & -Alignment);
            var (filters, depth, positions) = (shape.Filters / shape.Groups, shape.PatchLength, shape.Positions);
            var groupLength = shape.Channels / shape.Groups * shape.PaddedHeight * shape.PaddedWidth;
            var blockPositions = Math.Min(BlockPositions(shape), positions);

            // Small images several at a time: each block reads and writes all sums once.
            var imagesPerBlock = Math.Max(BlockPositions(shape) / positions, 1);
            Owner._transposed.AsSpan().Clear();
            for (var group = 0; group < shape.Groups; group++)
            {
                // Transposed, so that the vectors run along the filters and the patches are only broadcast.
                for (var first = 0; first < Images; first += imagesPerBlock)
                {
                    var images = Math.Min(imagesPerBlock, Images - first);
                    for (var p = 0; p < positions; p += blockPositions)
                    {
                        var block = Math.Min(blockPositions, positions - p);
                        for (var i = 0; i < images; i++)
                        {
                            var image = Owner.Pad(Input + ((nint)(first + i) * shape.InputLength)) + (group * groupLength);
                            patches.Copy<TSimd, TVector>(image, 0, depth, p, block, matrix + (i * block), images * block);
                        }

                        for (var filter = 0; filter < filters; filter += 2 * TSimd.Width)
                        {
                            var columns = Math.Min(2 * TSimd.Width, filters - filter);
                            var width = columns > TSimd.Width ? 2 * TSimd.Width : TSimd.Width;
                            for (var i = 0; i < images; i++)
                            {
                                var output = Output + ((nint)(first + i) * shape.OutputLength) + (((group * filters) + filter) * positions) + p;
                                ProductPanel.Pack<TSimd, TVector, T>(output, 1, positions, block, columns, panel + (i * block * width), width);
                            }

                            ProductTiles.Stack<TSimd, TVector, T>(
                                depth, columns, matrix, images * block, 1, panel, width, transposed + filter, filters, images * block,
                                Addend<T>.If(first > 0 || p > 0, transposed + filter, filters));
                        }
                    }
                }

                Transposition.Run<TSimd, TVector, T>(transposed, filters, depth, filters, Weights + (group * filters * depth), depth);
            }
        }
    }

    private struct InputKernel : ISimdKernel<T>
    {
        public PatchConvolution<T> Owner;
        public T* Input, Weights, Output;
        public int Images;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var shape = Owner._shape;
            var patches = Owner._patches;
            var matrix = Aligned(Owner._matrix);
            var memory = stackalloc byte[(DepthBlock.Longest * 2 * Unsafe.SizeOf<TVector>()) + Alignment];
            var panel = (T*)(((nint)memory + Alignment - 1) & -Alignment);
            var (filters, depth, positions) = (shape.Filters / shape.Groups, shape.PatchLength, shape.Positions);
            var groupLength = shape.Channels / shape.Groups * shape.PaddedHeight * shape.PaddedWidth;
            var packed = Aligned(Owner._packed);
            for (var block = new DepthBlock(filters); block.Length > 0; block = block.Next())
            {
                for (var group = 0; group < shape.Groups; group++)
                {
                    var first = ((group * filters) + block.First) * depth;
                    ProductTiles.PackLeft<TSimd, TVector, T>(depth, Weights + first, 1, depth, block.Length, packed + first);
                }
            }

            for (var i = 0; i < Images; i++)
            {
                var destination = Input + ((nint)i * shape.InputLength);
                var image = shape.Padding == 0 ? destination : Aligned(Owner._padded);
                new Span<T>(image, shape.Groups * groupLength).Clear();
                for (var group = 0; group < shape.Groups; group++)
                {
                    var output = Output + ((nint)i * shape.OutputLength) + (group * filters * positions);
                    for (var p = 0; p < positions; p += 2 * TSimd.Width)
                    {
                        var columns = Math.Min(2 * TSimd.Width, positions - p);
                        var width = columns > TSimd.Width ? 2 * TSimd.Width : TSimd.Width;
                        for (var block = new DepthBlock(filters); block.Length > 0; block = block.Next())
                        {
                            ProductPanel.Pack<TSimd, TVector, T>(output + (block.First * positions) + p, positions, 1, block.Length, columns, panel, width);
                            ProductTiles.StackPacked<TSimd, TVector, T>(
                                depth, columns, packed + (((group * filters) + block.First) * depth), panel, width, matrix, width, block.Length,
                                Addend<T>.If(block.First > 0, matrix, width));
                        }

                        patches.AddBack<TSimd, TVector>(matrix, width, p, columns, image + (group * groupLength));
                    }
                }

                for (var row = 0; shape.Padding > 0 && row < shape.Channels * shape.Height; row++)
                {
                    new Span<T>(Owner.Interior(image, row), shape.Width).CopyTo(new Span<T>(destination + (row * shape.Width), shape.Width));
                }
            }

            // The padding must be zero when the next image is put into it.
            Owner._padded.AsSpan().Clear();
        }
    }
}
