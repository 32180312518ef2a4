using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels.Simd;

/// <summary>512-bit vectors of AVX-512F.</summary>
internal readonly unsafe struct Avx512<T> : ISimd<Vector512<T>, T>
    where T : unmanaged
{
    public static int Width => 64 / sizeof(T);

    // 28 sums, 2 vectors of the right factor, 1 broadcast: 31 of 32 registers.
    public static int TileRows => 14;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => typeof(T) == typeof(float)
        ? Avx512F.LoadVector512((float*)source).As<float, T>()
        : Avx512F.LoadVector512((double*)source).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadFirst(T* source, int count) => typeof(T) == typeof(float)
        ? Avx512F.MaskLoad((float*)source, SingleMask(count), Vector512<float>.Zero).As<float, T>()
        : Avx512F.MaskLoad((double*)source, DoubleMask(count), Vector512<double>.Zero).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Vector512<T> value)
    {
        if (typeof(T) == typeof(float))
        {
            Avx512F.Store((float*)destination, value.AsSingle());
        }
        else
        {
            Avx512F.Store((double*)destination, value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, Vector512<T> value, int count)
    {
        if (typeof(T) == typeof(float))
        {
            Avx512F.MaskStore((float*)destination, SingleMask(count), value.AsSingle());
        }
        else
        {
            Avx512F.MaskStore((double*)destination, DoubleMask(count), value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.Add(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.Add(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.Subtract(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.Subtract(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.Multiply(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.Multiply(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.Divide(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.Divide(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(float)
        ? Avx512F.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Avx512F.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    // maxps yields its second operand when either is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Greater(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.Max(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.Max(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> WherePositive(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.BlendVariable(Vector512<float>.Zero, b.AsSingle(), Avx512F.CompareGreaterThan(a.AsSingle(), Vector512<float>.Zero)).As<float, T>()
        : Avx512F.BlendVariable(Vector512<double>.Zero, b.AsDouble(), Avx512F.CompareGreaterThan(a.AsDouble(), Vector512<double>.Zero)).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> BitsToExponent(Vector512<T> value) => typeof(T) == typeof(float)
        ? Avx512F.ShiftLeftLogical(value.AsInt32(), 23).As<int, T>()
        : Avx512F.ShiftLeftLogical(value.AsInt64(), 52).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> value) => Avx2<T>.Sum(Avx2<T>.Add(value.GetLower(), value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SingleMask(int count) => Avx512F.CompareGreaterThan(
        Vector512.Create(count), Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> DoubleMask(int count) => Avx512F.CompareGreaterThan(
        Vector512.Create((long)count), Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7)).AsDouble();
}
