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

        Transposition.Run<TSimd, TVector, T>(b, columnStride, columns, depth, panel, width);
        for (var k = 0; k < depth && columns < width; k++)
        {
            new Span<T>(panel + (k * width) + columns, width - columns).Clear();
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
