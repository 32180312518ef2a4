using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels;

/// <summary>Asks for memory ahead of its use, where the processor cannot foresee it.</summary>
internal static unsafe class CacheLines
{
    private const int Bytes = 64;

    /// <summary>Asks for all lines of a stretch; does nothing where there is no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* start, nint bytes)
    {
        for (nint offset = 0; Sse.IsSupported && offset < bytes; offset += Bytes)
        {
            Sse.Prefetch0((byte*)start + offset);
        }
    }

    /// <summary>Asks for one of equal shares of a stretch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PrefetchShare(void* start, nint bytes, int share, int shares)
    {
        var lines = (bytes + Bytes - 1) / Bytes;
        var first = lines * share / shares;
        Prefetch((byte*)start + (first * Bytes), ((lines * (share + 1) / shares) - first) * Bytes);
    }
}
