using System.Runtime.CompilerServices;

namespace Stepsize.Training.Kernels;

/// <summary>Pinned numbers, zero at first, that begin where a cache line does: a 64-byte vector that straddles two lines costs twice.</summary>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    public const int Alignment = 64;

    // Held here: the pointer alone would not keep it alive.
    private readonly T[] _memory;

    public AlignedBuffer(long length)
    {
        Length = checked((int)length);
        _memory = GC.AllocateArray<T>(checked(Length + (Alignment / sizeof(T))), pinned: true);
        Start = (T*)(((nint)Unsafe.AsPointer(ref _memory[0]) + Alignment - 1) & -Alignment);
    }

    public int Length { get; }

    public T* Start { get; }

    public void Clear() => _memory.AsSpan().Clear();

    /// <summary>A count of numbers rounded up to whole lines.</summary>
    public static int Padded(int count) => (count + (Alignment / sizeof(T)) - 1) / (Alignment / sizeof(T)) * (Alignment / sizeof(T));
}
