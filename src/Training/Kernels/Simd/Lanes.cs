using System.Runtime.CompilerServices;

namespace Stepsize.Training.Kernels.Simd;

/// <summary>A vector that can be written in formulas: costs nothing over the operations that it names.</summary>
internal readonly unsafe struct Lanes<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    private readonly TVector _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes(TVector value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes(T* source) => _value = TSimd.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> operator +(Lanes<TSimd, TVector, T> a, Lanes<TSimd, TVector, T> b) => new(TSimd.Add(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> operator -(Lanes<TSimd, TVector, T> a, Lanes<TSimd, TVector, T> b) => new(TSimd.Subtract(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes<TSimd, TVector, T> operator *(double factor, Lanes<TSimd, TVector, T> a) => new(TSimd.Multiply(Constant(factor), a._value));

    /// <summary>This + factor · other, rounded once where the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes<TSimd, TVector, T> Plus(double factor, Lanes<TSimd, TVector, T> other) => new(TSimd.MultiplyAdd(Constant(factor), other._value, _value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination) => TSimd.Store(destination, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Constant(double value) => TSimd.Broadcast(
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value));
}
