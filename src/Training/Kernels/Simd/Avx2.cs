using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86 = System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels.Simd;

/// <summary>256-bit vectors of AVX2 with fused multiply-add.</summary>
internal readonly unsafe struct Avx2<T> : ISimd<Vector256<T>, T>
    where T : unmanaged
{
    public static int Width => 32 / sizeof(T);

    // 12 sums, 2 vectors of the right factor, 1 broadcast: 15 of 16 registers.
    public static int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadFirst(T* source, int count) => typeof(T) == typeof(float)
        ? Avx.MaskLoad((float*)source, SingleMask(count)).As<float, T>()
        : Avx.MaskLoad((double*)source, DoubleMask(count)).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Vector256<T> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, Vector256<T> value, int count)
    {
        if (typeof(T) == typeof(float))
        {
            Avx.MaskStore((float*)destination, SingleMask(count), value.AsSingle());
        }
        else
        {
            Avx.MaskStore((double*)destination, DoubleMask(count), value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> a, Vector256<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(float)
        ? Fma.MultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Fma.MultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    // maxps yields its second operand when either is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Greater(Vector256<T> a, Vector256<T> b) => typeof(T) == typeof(float)
        ? Avx.Max(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx.Max(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> WherePositive(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThan(a, Vector256<T>.Zero) & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> BitsToExponent(Vector256<T> value) => typeof(T) == typeof(float)
        ? X86.Avx2.ShiftLeftLogical(value.AsInt32(), 23).As<int, T>()
        : X86.Avx2.ShiftLeftLogical(value.AsInt64(), 52).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> value) => Vector128.Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SingleMask(int count) =>
        X86.Avx2.CompareGreaterThan(Vector256.Create(count), Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> DoubleMask(int count) =>
        X86.Avx2.CompareGreaterThan(Vector256.Create((long)count), Vector256.Create(0L, 1, 2, 3)).AsDouble();
}
