using System.Numerics;
using System.Runtime.CompilerServices;

namespace Stepsize.Training.Kernels.Simd;

/// <summary><c>System.Numerics.Vector</c>: runs on any processor.</summary>
internal readonly unsafe struct Portable<T> : ISimd<Vector<T>, T>
    where T : unmanaged
{
    public static int Width => Vector<T>.Count;

    // Sixteen registers are the least to expect.
    public static int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Load(T* source) => Unsafe.ReadUnaligned<Vector<T>>(source);

    public static Vector<T> LoadFirst(T* source, int count)
    {
        var value = Vector<T>.Zero;
        Unsafe.CopyBlockUnaligned(&value, source, (uint)(count * sizeof(T)));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Vector<T> value) => Unsafe.WriteUnaligned(destination, value);

    public static void StoreFirst(T* destination, Vector<T> value, int count) =>
        Unsafe.CopyBlockUnaligned(destination, &value, (uint)(count * sizeof(T)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Broadcast(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Add(Vector<T> a, Vector<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Subtract(Vector<T> a, Vector<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Multiply(Vector<T> a, Vector<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Divide(Vector<T> a, Vector<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd(Vector<T> a, Vector<T> b, Vector<T> c) => typeof(T) == typeof(float)
        ? Vector.MultiplyAddEstimate(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector.MultiplyAddEstimate(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Greater(Vector<T> a, Vector<T> b) => Vector.ConditionalSelect(Vector.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> WherePositive(Vector<T> a, Vector<T> b) => Vector.GreaterThan(a, Vector<T>.Zero) & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> BitsToExponent(Vector<T> value) => typeof(T) == typeof(float)
        ? Vector.ShiftLeft(value.As<T, int>(), 23).As<int, T>()
        : Vector.ShiftLeft(value.As<T, long>(), 52).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector<T> value) => Vector.Sum(value);
}
