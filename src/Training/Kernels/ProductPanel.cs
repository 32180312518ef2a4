using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>Copies a stripe of the right factor so that a tile reads it without gaps.</summary>
internal static unsafe class ProductPanel
{
    /// <summary>Writes <paramref name="depth"/> rows of <paramref name="width"/> elements, those beyond <paramref name="columns"/> zero.</summary>
    /// <param name="b">Its row k, column j is <c>b[k * rowStride + j * columnStride]</c>; one of the strides is 1.</param>
    /// <param name="width">One or two vectors, no less than the columns.</param>
    public static void Pack<TSimd, TVector, T>(T* b, nint rowStride, nint columnStride, int depth, int columns, T* panel, int width)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (columnStride == 1)
        {
            Copy<TSimd, TVector, T>(b, rowStride, depth, columns, panel, width);
            return;
        }

        Transpose<TSimd, TVector, T>(b, columnStride, depth, columns, panel, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose<TSimd, TVector, T>(T* b, nint columnStride, int depth, int columns, T* panel, int width)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        const int MostElements = 64;
        var square = Transposition.Square<TSimd, T>();
        var edge = stackalloc T[MostElements];
        new Span<T>(edge, MostElements).Clear();
        var whole = depth - (depth % square);
        for (var column = 0; column < width; column += square)
        {
            var source = b + (column * columnStride);
            var destination = panel + column;
            var valid = Math.Clamp(columns - column, 0, square);
            for (var k = 0; k < whole; k += square)
            {
                if (valid == square)
                {
                    Transposition.Square(source + k, columnStride, destination + (k * width), width, square);
                    continue;
                }

                // What is beyond the columns stays zero in the copy.
                for (var i = 0; i < valid; i++)
                {
                    Unsafe.CopyBlockUnaligned(edge + (i * square), source + (i * columnStride) + k, (uint)(square * sizeof(T)));
                }

                Transposition.Square(edge, square, destination + (k * width), width, square);
            }

            new Span<T>(edge, MostElements).Clear();
            for (var k = whole; k < depth; k++)
            {
                for (var i = 0; i < square; i++)
                {
                    destination[(k * width) + i] = i < valid ? source[(i * columnStride) + k] : default;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<TSimd, TVector, T>(T* b, nint rowStride, int depth, int columns, T* panel, int width)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var last = columns - (width - TSimd.Width);
        for (var k = 0; k < depth; k++)
        {
            var source = b;
            var destination = panel;
            if (width > TSimd.Width)
            {
                TSimd.Store(destination, TSimd.Load(source));
                source += TSimd.Width;
                destination += TSimd.Width;
            }

            TSimd.Store(destination, last == TSimd.Width ? TSimd.Load(source) : TSimd.LoadFirst(source, last));
            b += rowStride;
            panel += width;
        }
    }
}
