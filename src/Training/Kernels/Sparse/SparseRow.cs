using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Sparse;

/// <summary>Where a row of non-zeros (indices, and values or their codes) is being read, and its outputs.</summary>
internal unsafe struct SparseRow<T>
    where T : unmanaged
{
    /// <summary>Rows that are asked for ahead of their use.</summary>
    public const int Ahead = 8;

    public ushort* Indices;
    public ushort* End;
    public byte* Values;
    public T* Y;

    /// <summary>
    /// Rows lie anywhere in a list larger than the caches, too short for the processor to see a pattern; unasked, a third of an iteration would be waiting.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch<TCoded>()
        where TCoded : struct, IConstant
    {
        var bytes = (nint)((byte*)End - (byte*)Indices);
        CacheLines.Prefetch(Indices, bytes);
        CacheLines.Prefetch(Values, bytes / sizeof(ushort) * SparseValues.Size<T, TCoded>());
    }
}

/// <summary>How the values of non-zeros are kept.</summary>
internal static unsafe class SparseValues
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T, TCoded>(byte* values, int index, T* table)
        where T : unmanaged
        where TCoded : struct, IConstant => TCoded.Value == 1 ? table[values[index]] : ((T*)values)[index];

    /// <summary>Bytes of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Size<T, TCoded>()
        where T : unmanaged
        where TCoded : struct, IConstant => TCoded.Value == 1 ? 1 : sizeof(T);

    /// <summary>Values are bytes, each standing for a number of the table.</summary>
    internal readonly struct Coded : IConstant
    {
        public static int Value => 1;
    }

    /// <summary>Values are the numbers themselves.</summary>
    internal readonly struct Plain : IConstant
    {
        public static int Value => 0;
    }
}
