using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Sparse;

/// <summary>Reads and writes the vectors of a row of outputs, the last of which may not be full.</summary>
internal static unsafe class OutputVectors
{
    /// <summary>Zeros where a row has no such vector, or there is no row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Begin<TSimd, TVector, T, TVectors>(T* y, int vector, int last)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TVectors : struct, IConstant
    {
        if (y == null || vector >= TVectors.Value)
        {
            return default;
        }

        y += vector * TSimd.Width;
        return vector == TVectors.Value - 1 && last < TSimd.Width ? TSimd.LoadFirst(y, last) : TSimd.Load(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void End<TSimd, TVector, T, TVectors>(T* y, int vector, int last, TVector sum)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TVectors : struct, IConstant
    {
        y += vector * TSimd.Width;
        if (vector == TVectors.Value - 1 && last < TSimd.Width)
        {
            TSimd.StoreFirst(y, sum, last);
        }
        else if (vector < TVectors.Value)
        {
            TSimd.Store(y, sum);
        }
    }
}
