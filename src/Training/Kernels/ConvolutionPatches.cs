using System.Numerics;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// The patches of an image under the kernel, as the columns of a matrix: row k is one weight's pixel (channel, kernel row, kernel column), column p one
/// position. A row of the matrix is made of stretches of image rows.
/// </summary>
internal unsafe struct ConvolutionPatches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionShape _shape;
    private readonly int _outputWidth;
    private readonly int _rowLength;
    private readonly int _channelLength;

    /// <param name="shape">Images are padded already.</param>
    public ConvolutionPatches(ConvolutionShape shape)
    {
        _shape = shape;
        _outputWidth = shape.OutputWidth;
        _rowLength = shape.PaddedWidth;
        _channelLength = shape.PaddedHeight * shape.PaddedWidth;
    }

    /// <summary>Writes rows <paramref name="k"/> on of the matrix, at some positions.</summary>
    /// <param name="image">First channel of the group, padded.</param>
    /// <param name="matrix">Row-major.</param>
    /// <param name="width">From one row of the matrix to the next, at least the number of positions; what is left over becomes zero.</param>
    public readonly void Copy<TSimd, TVector>(T* image, int k, int rows, int position, int positions, T* matrix, int width)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        var (channel, kernelRow, kernelColumn) = Weight(k);
        for (var row = 0; row < rows; row++)
        {
            var source = image + (channel * _channelLength) + (kernelRow * _rowLength) + kernelColumn;
            var (y, x) = Math.DivRem(position, _outputWidth);
            for (var p = 0; p < positions;)
            {
                var length = Math.Min(_outputWidth - x, positions - p);
                CopyStretch<TSimd, TVector>(source + (y * _shape.Stride * _rowLength) + (x * _shape.Stride), matrix + p, length);
                p += length;
                x = 0;
                y++;
            }

            if (positions < width)
            {
                new Span<T>(matrix + positions, width - positions).Clear();
            }

            matrix += width;
            Next(ref channel, ref kernelRow, ref kernelColumn);
        }
    }

    /// <summary>Adds a matrix of all rows to the pixels that <see cref="Copy"/> takes it from.</summary>
    public readonly void AddBack<TSimd, TVector>(T* matrix, int width, int position, int positions, T* image, int channels)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        // Kernel columns outermost: rows that follow each other in the matrix add to pixels one apart, and a vector that is read
        // soon after another that overlaps it was written waits for that to reach the cache.
        for (var kernelColumn = 0; kernelColumn < _shape.KernelWidth; kernelColumn++)
        {
            for (var pair = 0; pair < channels * _shape.KernelHeight; pair++)
            {
                var (channel, kernelRow) = Math.DivRem(pair, _shape.KernelHeight);
                var destination = image + (channel * _channelLength) + (kernelRow * _rowLength) + kernelColumn;
                var source = matrix + (((pair * _shape.KernelWidth) + kernelColumn) * width);
                var (y, x) = Math.DivRem(position, _outputWidth);
                for (var p = 0; p < positions;)
                {
                    var length = Math.Min(_outputWidth - x, positions - p);
                    AddStretch<TSimd, TVector>(source + p, destination + (y * _shape.Stride * _rowLength) + (x * _shape.Stride), length);
                    p += length;
                    x = 0;
                    y++;
                }
            }
        }
    }

    private readonly (int Channel, int Row, int Column) Weight(int k)
    {
        var (channel, rest) = Math.DivRem(k, _shape.KernelHeight * _shape.KernelWidth);
        var (row, column) = Math.DivRem(rest, _shape.KernelWidth);
        return (channel, row, column);
    }

    private readonly void Next(ref int channel, ref int row, ref int column)
    {
        if (++column == _shape.KernelWidth)
        {
            column = 0;
            if (++row == _shape.KernelHeight)
            {
                row = 0;
                channel++;
            }
        }
    }

    private readonly void CopyStretch<TSimd, TVector>(T* source, T* destination, int length)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        if (_shape.Stride > 1)
        {
            for (var i = 0; i < length; i++)
            {
                destination[i] = source[i * _shape.Stride];
            }

            return;
        }

        for (; length >= TSimd.Width; length -= TSimd.Width)
        {
            TSimd.Store(destination, TSimd.Load(source));
            source += TSimd.Width;
            destination += TSimd.Width;
        }

        if (length > 0)
        {
            TSimd.StoreFirst(destination, TSimd.LoadFirst(source, length), length);
        }
    }

    private readonly void AddStretch<TSimd, TVector>(T* source, T* destination, int length)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        if (_shape.Stride > 1)
        {
            for (var i = 0; i < length; i++)
            {
                destination[i * _shape.Stride] += source[i];
            }

            return;
        }

        for (; length >= TSimd.Width; length -= TSimd.Width)
        {
            TSimd.Store(destination, TSimd.Add(TSimd.Load(destination), TSimd.Load(source)));
            source += TSimd.Width;
            destination += TSimd.Width;
        }

        if (length > 0)
        {
            TSimd.StoreFirst(destination, TSimd.Add(TSimd.LoadFirst(destination, length), TSimd.LoadFirst(source, length)), length);
        }
    }
}
