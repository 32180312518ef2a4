using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Kernels;

/// <summary>Covers any number of rows with tiles, each compiled for its height.</summary>
internal static unsafe class ProductTiles
{
    /// <summary>C = A·B, and what is added to it, for one panel of B.</summary>
    /// <param name="rows">Of A and C.</param>
    /// <param name="columns">Of B and C: at most two vectors.</param>
    /// <param name="b">Rows of one vector where that holds the columns, else of two.</param>
    /// <inheritdoc cref="ProductTile.Run"/>
    public static void Stack<TSimd, TVector, T>(
        int rows, int columns, T* a, nint rowStride, nint columnStride, T* b, nint bStride, T* c, nint cStride, int depth, Addend<T> addend)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        for (var left = Tiles<TSimd, TVector, T>(rows); left > 0; left--)
        {
            var height = (rows + left - 1) / left;
            Tile<TSimd, TVector, T>(height, columns, a, rowStride, columnStride, b, bStride, c, cStride, depth, addend);
            a += height * rowStride;
            c += height * cStride;
            addend = addend.Below(height);
            rows -= height;
        }
    }

    /// <summary>The same for a left factor that <see cref="PackLeft"/> has copied.</summary>
    /// <inheritdoc cref="Stack"/>
    public static void StackPacked<TSimd, TVector, T>(int rows, int columns, T* a, T* b, nint bStride, T* c, nint cStride, int depth, Addend<T> addend)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        for (var left = Tiles<TSimd, TVector, T>(rows); left > 0; left--)
        {
            var height = (rows + left - 1) / left;
            Tile<TSimd, TVector, T>(height, columns, a, 1, height, b, bStride, c, cStride, depth, addend);
            a += height * depth;
            c += height * cStride;
            addend = addend.Below(height);
            rows -= height;
        }
    }

    /// <summary>
    /// Copies a left factor that is used many times, tile by tile and column by column of each: then a tile reads one stream of memory instead of one a row,
    /// which the processor cannot all foresee.
    /// </summary>
    /// <param name="packed">As many elements as rows × depth.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackLeft<TSimd, TVector, T>(int rows, T* a, nint rowStride, nint columnStride, int depth, T* packed)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        for (var left = Tiles<TSimd, TVector, T>(rows); left > 0; left--)
        {
            var height = (rows + left - 1) / left;
            for (var k = 0; k < depth; k++)
            {
                for (var i = 0; i < height; i++)
                {
                    *packed++ = a[(i * rowStride) + (k * columnStride)];
                }
            }

            a += height * rowStride;
            rows -= height;
        }
    }

    // Equal heights, to within one: in a low last tile each sum would wait for its own last term.
    private static int Tiles<TSimd, TVector, T>(int rows)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged => (rows + TSimd.TileRows - 1) / TSimd.TileRows;

    private static void Tile<TSimd, TVector, T>(
        int height, int columns, T* a, nint rowStride, nint columnStride, T* b, nint bStride, T* c, nint cStride, int depth, Addend<T> addend)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        if (columns > TSimd.Width)
        {
            Run<TSimd, TVector, T, Two>(height, a, rowStride, columnStride, b, bStride, c, cStride, depth, columns - TSimd.Width, addend);
        }
        else
        {
            Run<TSimd, TVector, T, One>(height, a, rowStride, columnStride, b, bStride, c, cStride, depth, columns, addend);
        }
    }

    /// <summary>As <see cref="ProductTile.Run"/>, for 1 to <c>TSimd.TileRows</c> rows.</summary>
    private static void Run<TSimd, TVector, T, TVectors>(
        int rows, T* a, nint rowStride, nint columnStride, T* b, nint bStride, T* c, nint cStride, int depth, int last, Addend<T> addend)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TVectors : struct, IConstant
    {
        switch (rows)
        {
            case 1:
                ProductTile.Run<TSimd, TVector, T, One, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 2:
                ProductTile.Run<TSimd, TVector, T, Two, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 3:
                ProductTile.Run<TSimd, TVector, T, Three, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 4:
                ProductTile.Run<TSimd, TVector, T, Four, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 5:
                ProductTile.Run<TSimd, TVector, T, Five, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 6:
                ProductTile.Run<TSimd, TVector, T, Six, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 7 when TSimd.TileRows >= 7:
                ProductTile.Run<TSimd, TVector, T, Seven, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 8 when TSimd.TileRows >= 8:
                ProductTile.Run<TSimd, TVector, T, Eight, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 9 when TSimd.TileRows >= 9:
                ProductTile.Run<TSimd, TVector, T, Nine, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 10 when TSimd.TileRows >= 10:
                ProductTile.Run<TSimd, TVector, T, Ten, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 11 when TSimd.TileRows >= 11:
                ProductTile.Run<TSimd, TVector, T, Eleven, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 12 when TSimd.TileRows >= 12:
                ProductTile.Run<TSimd, TVector, T, Twelve, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 13 when TSimd.TileRows >= 13:
                ProductTile.Run<TSimd, TVector, T, Thirteen, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            case 14 when TSimd.TileRows >= 14:
                ProductTile.Run<TSimd, TVector, T, Fourteen, TVectors>(a, rowStride, columnStride, b, bStride, c, cStride, depth, last, addend);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "No tile is this high.");
        }
    }
}
