using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Winograd;

/// <summary>
/// Convolutions with kernels of 3 × 3 and 5 × 5 by Winograd's method: with V = Bᵀ d B of an input tile and U = G g Gᵀ of a kernel, the output tile is Aᵀ (U ⊙ V) A, where the
/// elementwise products of all tiles, channels and filters are one matrix product for each place of the square. Both gradients are the adjoints of the same three
/// transforms. Tiles go by in blocks whose transforms stay in the second-level cache. Belongs to one thread at a time.
/// </summary>
internal sealed unsafe class WinogradConvolution<T> : IConvolution<T>
    where T : unmanaged
{
    // Transformed tiles of a block, inputs and outputs: half of a 1 MiB second-level cache, the rest is for the weights.
    private const int BlockBytes = 512 * 1024;

    // Fewer tiles than this do not pay for reading the weights.
    private const int FewestTiles = 24;
    private const int MostTiles = 256;

    private readonly ConvolutionShape _shape;
    private readonly InstructionSet _set;
    private readonly WinogradTiling _tiling;
    private readonly int _block;
    private readonly ChannelsLast<T> _image;
    private readonly ChannelsLast<T> _imageGradient;
    private readonly ChannelsLast<T> _outputs;
    private readonly AlignedBuffer<T> _kernels;
    private readonly AlignedBuffer<T> _weights;
    private readonly AlignedBuffer<T> _transposedWeights;
    private readonly AlignedBuffer<T> _inputTiles;
    private readonly AlignedBuffer<T> _outputTiles;

    public WinogradConvolution(ConvolutionShape shape, InstructionSet set)
    {
        _shape = shape;
        _set = set;
        _tiling = new WinogradTiling(shape);
        _image = new ChannelsLast<T>(shape.Channels, shape.Height, shape.Width, shape.Padding, _tiling.InputHeight, _tiling.InputWidth);
        _imageGradient = new ChannelsLast<T>(shape.Channels, shape.Height, shape.Width, shape.Padding, _tiling.InputHeight, _tiling.InputWidth);
        _outputs = new ChannelsLast<T>(shape.Filters, shape.OutputHeight, shape.OutputWidth, 0, _tiling.OutputHeight, _tiling.OutputWidth);
        long frequencies = _tiling.Frequencies;
        _kernels = new AlignedBuffer<T>((long)shape.PatchLength * _outputs.Pixel);
        _weights = new AlignedBuffer<T>(frequencies * shape.Channels * _outputs.Pixel);
        _transposedWeights = new AlignedBuffer<T>(frequencies * shape.Filters * _image.Pixel);
        _block = TilesOfBlock(_tiling, _image.Pixel + _outputs.Pixel);
        _inputTiles = new AlignedBuffer<T>(frequencies * _block * _image.Pixel);
        _outputTiles = new AlignedBuffer<T>(frequencies * _block * _outputs.Pixel);
    }

    public void Forward(ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> output, int images)
    {
        fixed (T* x = input, w = weights, b = bias, y = output)
        {
            Run(new Kernel { Owner = this, Input = x, Weights = w, Bias = b, Output = y, Images = images });
        }
    }

    public void Gradients(
        ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> outputGradient, Span<T> weightGradient, Span<T> inputGradient, int images)
    {
        fixed (T* x = input, w = weights, y = outputGradient, dw = weightGradient, dx = inputGradient)
        {
            Run(new Kernel { Owner = this, Input = x, Weights = w, Output = y, WeightGradient = dw, InputGradient = dx, Images = images });
        }
    }

    /// <summary>Whole images where several fit a block.</summary>
    private static int TilesOfBlock(WinogradTiling tiling, int lanes)
    {
        var tiles = Math.Clamp(BlockBytes / (tiling.Frequencies * lanes * sizeof(T)), FewestTiles, MostTiles);
        return tiles < tiling.TilesPerImage ? tiles : tiles / tiling.TilesPerImage * tiling.TilesPerImage;
    }

    private void Run(Kernel kernel)
    {
        // What is outside of an image must be zero, and another pass may have left something there.
        _image.Clear();
        _outputs.Clear();
        SimdDispatch.Run<T, Kernel>(_set, kernel);
    }

    private struct Kernel : ISimdKernel<T>
    {
        public WinogradConvolution<T> Owner;
        public T* Input, Weights, Bias, Output;

        // Null in the forward pass; the second also where nobody needs it.
        public T* WeightGradient, InputGradient;
        public int Images;

        private readonly WinogradTiling Tiling => Owner._tiling;

        private readonly int Channels => Owner._shape.Channels;

        private readonly int Filters => Owner._shape.Filters;

        /// <summary>Numbers from one channel's weights to the next, and from one tile's outputs to the next.</summary>
        private readonly int OutputStride => Owner._outputs.Pixel;

        private readonly int InputStride => Owner._image.Pixel;

        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            if (Tiling.Kernel == 3)
            {
                Run<TSimd, TVector, SixPoints.Input, SixPoints.InputAdjoint, SixPoints.Output, SixPoints.OutputAdjoint, SixPoints.Weights, SixPoints.WeightsAdjoint>();
            }
            else
            {
                Run<TSimd, TVector, EightPoints.Input, EightPoints.InputAdjoint, EightPoints.Output, EightPoints.OutputAdjoint, EightPoints.Weights, EightPoints.WeightsAdjoint>();
            }
        }

        private readonly void Run<TSimd, TVector, TInput, TInputAdjoint, TOutput, TOutputAdjoint, TWeights, TWeightsAdjoint>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where TInput : struct, IWinogradTransform
            where TInputAdjoint : struct, IWinogradTransform
            where TOutput : struct, IWinogradTransform
            where TOutputAdjoint : struct, IWinogradTransform
            where TWeights : struct, IWinogradTransform
            where TWeightsAdjoint : struct, IWinogradTransform
        {
            if (WeightGradient == null || InputGradient != null)
            {
                ReadWeights<TSimd, TVector, TWeights>();
            }

            var tiles = Images * Tiling.TilesPerImage;
            for (var first = 0; first < tiles; first += Owner._block)
            {
                var count = Math.Min(Owner._block, tiles - first);
                ReadInputs<TSimd, TVector, TInput>(first, count);
                if (WeightGradient == null)
                {
                    MultiplyForward<TSimd, TVector>(first, count);
                    WriteOutputs<TSimd, TVector, TOutput>(first, count);
                    continue;
                }

                ReadOutputs<TSimd, TVector, TOutputAdjoint>(first, count);
                MultiplyForWeights<TSimd, TVector>(first, count);
                if (InputGradient != null)
                {
                    MultiplyForInputs<TSimd, TVector>(first, count);
                    AddToInputs<TSimd, TVector, TInputAdjoint>(first, count);
                }
            }

            if (WeightGradient != null)
            {
                WriteWeights<TSimd, TVector, TWeightsAdjoint>();
            }
        }

        /// <summary>
        /// U = G g Gᵀ, a matrix of channels × filters for each frequency, and its transpose where the input's gradient is asked for; the gradient dU then takes U's place.
        /// </summary>
        private readonly void ReadWeights<TSimd, TVector, TWeights>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where TWeights : struct, IWinogradTransform
        {
            var (kernel, area, stride) = (Tiling.Kernel, Tiling.Kernel * Tiling.Kernel, OutputStride);
            var kernels = Owner._kernels.Start;
            var weights = Owner._weights.Start;
            var matrix = (nint)Channels * stride;
            Transposition.Run<TSimd, TVector, T>(Weights, Channels * area, Filters, Channels * area, kernels, stride);
            for (var channel = 0; channel < Channels; channel++)
            {
                WinogradSquare.Apply<TWeights, TSimd, TVector, T>(
                    kernels + (channel * area * stride), kernel * stride, stride, weights + (channel * stride), Tiling.Points * matrix, matrix, stride / TSimd.Width);
            }

            for (var f = 0; InputGradient != null && f < Tiling.Frequencies; f++)
            {
                Transposition.Run<TSimd, TVector, T>(
                    weights + (f * matrix), stride, Channels, Filters, Owner._transposedWeights.Start + ((nint)f * Filters * InputStride), InputStride);
            }
        }

        /// <summary>Gᵀ dU G, for each channel and filter.</summary>
        private readonly void WriteWeights<TSimd, TVector, TWeightsAdjoint>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where TWeightsAdjoint : struct, IWinogradTransform
        {
            var (kernel, area, stride) = (Tiling.Kernel, Tiling.Kernel * Tiling.Kernel, OutputStride);
            var kernels = Owner._kernels.Start;
            var weights = Owner._weights.Start;
            var matrix = (nint)Channels * stride;
            for (var channel = 0; channel < Channels; channel++)
            {
                WinogradSquare.Apply<TWeightsAdjoint, TSimd, TVector, T>(
                    weights + (channel * stride), Tiling.Points * matrix, matrix, kernels + (channel * area * stride), kernel * stride, stride, stride / TSimd.Width);
            }

            Transposition.Run<TSimd, TVector, T>(kernels, stride, Channels * area, Filters, WeightGradient, Channels * area);
        }

        /// <summary>V = Bᵀ d B of a block of tiles.</summary>
        private readonly void ReadInputs<TSimd, TVector, TInput>(int first, int count)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where TInput : struct, IWinogradTransform
        {
            var (image, matrix) = (Owner._image, (nint)Owner._block * InputStride);
            for (var i = 0; i < count; i++)
            {
                var place = new Place(first + i, Tiling);
                if (place.IsFirst)
                {
                    image.Read<TSimd, TVector>(Input + ((nint)place.Image * Owner._shape.InputLength));
                }

                WinogradSquare.Apply<TInput, TSimd, TVector, T>(
                    place.In(image), image.Row, image.Pixel, Owner._inputTiles.Start + (i * InputStride), Tiling.Points * matrix, matrix, InputStride / TSimd.Width);
            }
        }

        /// <summary>Adds B dV Bᵀ of a block of tiles to where they overlap, and writes the images that are complete.</summary>
        private readonly void AddToInputs<TSimd, TVector, TInputAdjoint>(int first, int count)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where TInputAdjoint : struct, IWinogradTransform
        {
            var (image, matrix, points) = (Owner._imageGradient, (nint)Owner._block * InputStride, Tiling.Points);
            for (var i = 0; i < count; i++)
            {
                var place = new Place(first + i, Tiling);
                if (place.IsFirst)
                {
                    image.Clear();
                }

                WinogradSquare.Add<TInputAdjoint, TSimd, TVector, T>(
                    Owner._inputTiles.Start + (i * InputStride), points * matrix, matrix, place.In(image), image.Row, image.Pixel, InputStride / TSimd.Width);
                if (place.IsLast)
                {
                    image.Write<TSimd, TVector>(InputGradient + ((nint)place.Image * Owner._shape.InputLength));
                }
            }
        }

        /// <summary>A dY Aᵀ of a block of tiles.</summary>
        private readonly void ReadOutputs<TSimd, TVector, TOutputAdjoint>(int first, int count)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where TOutputAdjoint : struct, IWinogradTransform
        {
            var (outputs, matrix) = (Owner._outputs, (nint)Owner._block * OutputStride);
            for (var i = 0; i < count; i++)
            {
                var place = new Place(first + i, Tiling);
                if (place.IsFirst)
                {
                    outputs.Read<TSimd, TVector>(Output + ((nint)place.Image * Owner._shape.OutputLength));
                }

                WinogradSquare.Apply<TOutputAdjoint, TSimd, TVector, T>(
                    place.In(outputs), outputs.Row, outputs.Pixel, Owner._outputTiles.Start + (i * OutputStride), Tiling.Points * matrix, matrix, OutputStride / TSimd.Width);
            }
        }

        /// <summary>Aᵀ M A of a block of tiles; writes the images that are complete, with their bias.</summary>
        private readonly void WriteOutputs<TSimd, TVector, TOutput>(int first, int count)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where TOutput : struct, IWinogradTransform
        {
            var (outputs, matrix) = (Owner._outputs, (nint)Owner._block * OutputStride);
            for (var i = 0; i < count; i++)
            {
                var place = new Place(first + i, Tiling);
                WinogradSquare.Apply<TOutput, TSimd, TVector, T>(
                    Owner._outputTiles.Start + (i * OutputStride), Tiling.Points * matrix, matrix, place.In(outputs), outputs.Row, outputs.Pixel, OutputStride / TSimd.Width);
                if (place.IsLast)
                {
                    var output = Output + ((nint)place.Image * Owner._shape.OutputLength);
                    outputs.Write<TSimd, TVector>(output);
                    AddBias<TSimd, TVector>(output);
                }
            }
        }

        private readonly void AddBias<TSimd, TVector>(T* output)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            var positions = Owner._shape.Positions;
            for (var filter = 0; Bias != null && filter < Filters; filter++, output += positions)
            {
                var bias = TSimd.Broadcast(Bias[filter]);
                for (var i = 0; i < positions; i += TSimd.Width)
                {
                    var left = Math.Min(TSimd.Width, positions - i);
                    TSimd.StoreFirst(output + i, TSimd.Add(bias, TSimd.LoadFirst(output + i, left)), left);
                }
            }
        }

        private readonly void MultiplyForward<TSimd, TVector>(int first, int count)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            for (var f = 0; f < Tiling.Frequencies; f++)
            {
                Prefetch(Input, Owner._shape.InputLength, first + count, f);
                Prefetch(Output, Owner._shape.OutputLength, first, f);
                Multiply<TSimd, TVector>(
                    count, Owner._inputTiles.Start + ((nint)f * Owner._block * InputStride), InputStride, 1, Channels,
                    Owner._weights.Start + ((nint)f * Channels * OutputStride), Owner._outputTiles.Start + ((nint)f * Owner._block * OutputStride), OutputStride, false);
            }
        }

        private readonly void MultiplyForWeights<TSimd, TVector>(int first, int count)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            for (var f = 0; f < Tiling.Frequencies; f++)
            {
                Prefetch(Input, Owner._shape.InputLength, first + count, f);
                Prefetch(Output, Owner._shape.OutputLength, first + count, f);
                Multiply<TSimd, TVector>(
                    Channels, Owner._inputTiles.Start + ((nint)f * Owner._block * InputStride), 1, InputStride, count,
                    Owner._outputTiles.Start + ((nint)f * Owner._block * OutputStride), Owner._weights.Start + ((nint)f * Channels * OutputStride), OutputStride, first > 0);
            }
        }

        private readonly void MultiplyForInputs<TSimd, TVector>(int first, int count)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            for (var f = 0; f < Tiling.Frequencies; f++)
            {
                Prefetch(InputGradient, Owner._shape.InputLength, first, f);
                Multiply<TSimd, TVector>(
                    count, Owner._outputTiles.Start + ((nint)f * Owner._block * OutputStride), OutputStride, 1, Filters,
                    Owner._transposedWeights.Start + ((nint)f * Filters * InputStride), Owner._inputTiles.Start + ((nint)f * Owner._block * InputStride), InputStride, false);
            }
        }

        /// <summary>Asks for a share of the images that a block of tiles begins: the products meanwhile leave the memory alone.</summary>
        private readonly void Prefetch(T* images, nint length, int first, int share)
        {
            var image = (first + Tiling.TilesPerImage - 1) / Tiling.TilesPerImage;
            var end = Math.Min((first + Owner._block + Tiling.TilesPerImage - 1) / Tiling.TilesPerImage, Images);
            if (image < end)
            {
                CacheLines.PrefetchShare(images + (image * length), (end - image) * length * sizeof(T), share, Tiling.Frequencies);
            }
        }

        /// <summary>C = A·B, or C += A·B, where B and C have whole vectors and the same stride.</summary>
        private static void Multiply<TSimd, TVector>(
            int rows, T* a, nint rowStride, nint columnStride, int depth, T* b, T* c, int stride, bool accumulate)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            for (var column = 0; column < stride; column += 2 * TSimd.Width)
            {
                var columns = Math.Min(2 * TSimd.Width, stride - column);
                for (var block = new DepthBlock(depth); block.Length > 0; block = block.Next())
                {
                    ProductTiles.Stack<TSimd, TVector, T>(
                        rows, columns, a + (block.First * columnStride), rowStride, columnStride, b + (block.First * stride) + column, stride, c + column, stride,
                        block.Length, Addend<T>.If(accumulate || block.First > 0, c + column, stride));
                }
            }
        }
    }

    /// <summary>Where a tile is.</summary>
    private readonly struct Place
    {
        private readonly int _row;
        private readonly int _column;

        public Place(int tile, WinogradTiling tiling)
        {
            (Image, var inImage) = Math.DivRem(tile, tiling.TilesPerImage);
            (_row, _column) = Math.DivRem(inImage, tiling.Columns);
            IsFirst = inImage == 0;
            IsLast = inImage == tiling.TilesPerImage - 1;
        }

        public int Image { get; }

        public bool IsFirst { get; }

        public bool IsLast { get; }

        /// <summary>Its first pixel.</summary>
        public T* In(ChannelsLast<T> image) => image.Start + ((nint)_row * WinogradTiling.Side * image.Row) + ((nint)_column * WinogradTiling.Side * image.Pixel);
    }
}
