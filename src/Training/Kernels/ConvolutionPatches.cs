using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// The patches of an image under the kernel, as the columns of a matrix: row k is one weight's pixel (channel, kernel row, kernel column), column p one
/// position. A row of the matrix is made of stretches of image rows, at the same places in every row but for a shift: so a stretch goes through all rows
/// before the next begins.
/// </summary>
internal sealed unsafe class ConvolutionPatches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _outputWidth;
    private readonly int _stride;
    private readonly int _rowLength;
    private readonly int[] _shifts;
    private readonly int[] _backRows;

    /// <param name="shape">Images are padded already.</param>
    public ConvolutionPatches(ConvolutionShape shape)
    {
        _outputWidth = shape.OutputWidth;
        _stride = shape.Stride;
        _rowLength = shape.PaddedWidth;
        _shifts = GC.AllocateArray<int>(shape.PatchLength, pinned: true);
        for (var k = 0; k < _shifts.Length; k++)
        {
            var (row, column) = Math.DivRem(k, shape.KernelWidth);
            var (channel, kernelRow) = Math.DivRem(row, shape.KernelHeight);
            _shifts[k] = (((channel * shape.PaddedHeight) + kernelRow) * shape.PaddedWidth) + column;
        }

        // Kernel columns outermost: neighbours in a kernel row add to pixels one apart, and a vector that is read soon after another that
        // overlaps it was written waits for that to reach the cache.
        _backRows = [.. Enumerable.Range(0, shape.PatchLength).OrderBy(k => k % shape.KernelWidth).ThenBy(k => k)];
    }

    /// <summary>Writes rows <paramref name="k"/> on of the matrix, at some positions.</summary>
    /// <param name="image">First channel of the group, padded.</param>
    /// <param name="matrix">Row-major.</param>
    /// <param name="width">From one row of the matrix to the next, at least the number of positions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Copy<TSimd, TVector>(T* image, int k, int rows, int position, int positions, T* matrix, int width)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        fixed (int* shifts = _shifts)
        {
            for (var p = 0; p < positions;)
            {
                var (y, x) = Math.DivRem(position + p, _outputWidth);
                var length = Whole<TSimd, TVector>(Math.Min(_outputWidth - x, positions - p));
                CopyStretch<TSimd, TVector>(image + (((y * _rowLength) + x) * _stride), shifts + k, rows, matrix + p, width, length);
                p += length;
            }
        }
    }

    /// <summary>Adds a matrix of all rows to the pixels that <see cref="Copy"/> takes it from.</summary>
    public void AddBack<TSimd, TVector>(T* matrix, int width, int position, int positions, T* image)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        for (var p = 0; p < positions;)
        {
            var (y, x) = Math.DivRem(position + p, _outputWidth);
            var length = Whole<TSimd, TVector>(Math.Min(_outputWidth - x, positions - p));
            AddStretch<TSimd, TVector>(matrix + p, width, image + (((y * _rowLength) + x) * _stride), length);
            p += length;
        }
    }

    /// <summary>
    /// How much of a stretch to take at once: whole vectors, then whole vectors of half the width, then a rest. A masked vector that is mostly off still
    /// straddles cache lines as a whole one does.
    /// </summary>
    private static int Whole<TSimd, TVector>(int length)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct =>
        length >= TSimd.Width ? TSimd.Width
        : typeof(TVector) == typeof(Vector512<T>) ? Math.Min(length, Vector256<T>.Count)
        : length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyStretch<TSimd, TVector>(T* source, int* shifts, int rows, T* destination, int width, int length)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        if (_stride > 1)
        {
            for (var row = 0; row < rows; row++, destination += width)
            {
                for (var i = 0; i < length; i++)
                {
                    destination[i] = source[shifts[row] + (i * _stride)];
                }
            }
        }
        else if (length == TSimd.Width)
        {
            for (var row = 0; row < rows; row++, destination += width)
            {
                TSimd.Store(destination, TSimd.Load(source + shifts[row]));
            }
        }
        else if (typeof(TVector) == typeof(Vector512<T>))
        {
            CopyStretch<Avx2<T>, Vector256<T>>(source, shifts, rows, destination, width, length);
        }
        else
        {
            for (var row = 0; row < rows; row++, destination += width)
            {
                TSimd.StoreFirst(destination, TSimd.LoadFirst(source + shifts[row], length), length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddStretch<TSimd, TVector>(T* source, int width, T* destination, int length)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        fixed (int* shifts = _shifts, rows = _backRows)
        {
            if (_stride > 1)
            {
                for (var n = 0; n < _shifts.Length; n++)
                {
                    var k = rows[n];
                    for (var i = 0; i < length; i++)
                    {
                        destination[shifts[k] + (i * _stride)] += source[(k * width) + i];
                    }
                }
            }
            else if (length == TSimd.Width)
            {
                for (var n = 0; n < _shifts.Length; n++)
                {
                    var k = rows[n];
                    var pixels = destination + shifts[k];
                    TSimd.Store(pixels, TSimd.Add(TSimd.Load(pixels), TSimd.Load(source + (k * width))));
                }
            }
            else if (typeof(TVector) == typeof(Vector512<T>))
            {
                AddStretch<Avx2<T>, Vector256<T>>(source, width, destination, length);
            }
            else
            {
                for (var n = 0; n < _shifts.Length; n++)
                {
                    var k = rows[n];
                    var pixels = destination + shifts[k];
                    TSimd.StoreFirst(pixels, TSimd.Add(TSimd.LoadFirst(pixels, length), TSimd.LoadFirst(source + (k * width), length)), length);
                }
            }
        }
    }
}
