using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Winograd;

/// <summary>Applies a transform to both axes of a square: M X Mᵀ, in each lane of some vectors.</summary>
internal static unsafe class WinogradSquare
{
    private const int MostPoints = 8;
    private const int Alignment = 64;

    /// <param name="from">Row i, column j is the vector at <c>from[i * fromRow + j * fromColumn]</c>.</param>
    /// <param name="to">Likewise; must not overlap <paramref name="from"/>.</param>
    /// <param name="vectors">Squares side by side, a vector's width apart on both sides.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TTransform, TSimd, TVector, T>(T* from, nint fromRow, nint fromColumn, T* to, nint toRow, nint toColumn, int vectors)
        where TTransform : struct, IWinogradTransform
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var memory = stackalloc byte[(MostPoints * MostPoints * Unsafe.SizeOf<TVector>()) + Alignment];
        var between = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        for (var v = 0; v < vectors; v++)
        {
            for (var column = 0; column < TTransform.Inputs; column++)
            {
                TTransform.Apply<TSimd, TVector, T>(from + (column * fromColumn), fromRow, between + (column * TSimd.Width), TTransform.Inputs * TSimd.Width);
            }

            for (var row = 0; row < TTransform.Outputs; row++)
            {
                TTransform.Apply<TSimd, TVector, T>(between + (row * TTransform.Inputs * TSimd.Width), TSimd.Width, to + (row * toRow), toColumn);
            }

            from += TSimd.Width;
            to += TSimd.Width;
        }
    }

    /// <summary>The same, added to what is there.</summary>
    /// <inheritdoc cref="Apply"/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TTransform, TSimd, TVector, T>(T* from, nint fromRow, nint fromColumn, T* to, nint toRow, nint toColumn, int vectors)
        where TTransform : struct, IWinogradTransform
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var memory = stackalloc byte[(MostPoints * MostPoints * Unsafe.SizeOf<TVector>()) + Alignment];
        var square = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        for (var v = 0; v < vectors; v++)
        {
            Apply<TTransform, TSimd, TVector, T>(from, fromRow, fromColumn, square, TTransform.Outputs * TSimd.Width, TSimd.Width, 1);
            for (var row = 0; row < TTransform.Outputs; row++)
            {
                for (var column = 0; column < TTransform.Outputs; column++)
                {
                    var sum = to + (row * toRow) + (column * toColumn);
                    TSimd.Store(sum, TSimd.Add(TSimd.Load(sum), TSimd.Load(square + (((row * TTransform.Outputs) + column) * TSimd.Width))));
                }
            }

            from += TSimd.Width;
            to += TSimd.Width;
        }
    }
}
