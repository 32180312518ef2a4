using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Winograd;

/// <summary>The transforms for 5 × 5 kernels: polynomials at 0, ±1, ±2, ±½ and ∞.</summary>
internal static unsafe class EightPoints
{
    /// <summary>Bᵀ: of an input tile.</summary>
    public readonly struct Input : IWinogradTransform
    {
        public static int Inputs => 8;

        public static int Outputs => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where T : unmanaged
        {
            var x0 = new Lanes<TSimd, TVector, T>(x);
            var x1 = new Lanes<TSimd, TVector, T>(x + (1 * step));
            var x2 = new Lanes<TSimd, TVector, T>(x + (2 * step));
            var x3 = new Lanes<TSimd, TVector, T>(x + (3 * step));
            var x4 = new Lanes<TSimd, TVector, T>(x + (4 * step));
            var x5 = new Lanes<TSimd, TVector, T>(x + (5 * step));
            var x6 = new Lanes<TSimd, TVector, T>(x + (6 * step));
            var x7 = new Lanes<TSimd, TVector, T>(x + (7 * step));
            (x0 - x6).Plus(21.0 / 4, x4 - x2).Store(y);
            var (even, odd) = ((x2 + x6).Plus(-17.0 / 4, x4), (x1 + x5).Plus(-17.0 / 4, x3));
            (even + odd).Store(y + yStep);
            (even - odd).Store(y + (2 * yStep));
            (even, odd) = (x6.Plus(1.0 / 4, x2).Plus(-5.0 / 4, x4), (2 * x5).Plus(1.0 / 2, x1).Plus(-5.0 / 2, x3));
            (even + odd).Store(y + (3 * yStep));
            (even - odd).Store(y + (4 * yStep));
            (even, odd) = (x6.Plus(4, x2).Plus(-5, x4), (2 * x1).Plus(1.0 / 2, x5).Plus(-5.0 / 2, x3));
            (even + odd).Store(y + (5 * yStep));
            (even - odd).Store(y + (6 * yStep));
            (x7 - x1).Plus(21.0 / 4, x3 - x5).Store(y + (7 * yStep));
        }
    }

    /// <summary>B: of the gradient of a transformed input tile.</summary>
    public readonly struct InputAdjoint : IWinogradTransform
    {
        public static int Inputs => 8;

        public static int Outputs => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where T : unmanaged
        {
            var x0 = new Lanes<TSimd, TVector, T>(x);
            var x1 = new Lanes<TSimd, TVector, T>(x + (1 * step));
            var x2 = new Lanes<TSimd, TVector, T>(x + (2 * step));
            var x3 = new Lanes<TSimd, TVector, T>(x + (3 * step));
            var x4 = new Lanes<TSimd, TVector, T>(x + (4 * step));
            var x5 = new Lanes<TSimd, TVector, T>(x + (5 * step));
            var x6 = new Lanes<TSimd, TVector, T>(x + (6 * step));
            var x7 = new Lanes<TSimd, TVector, T>(x + (7 * step));
            var (s1, d1, s2, d2, s3, d3) = (x1 + x2, x1 - x2, x3 + x4, x3 - x4, x5 + x6, x5 - x6);
            x0.Store(y);
            (d1 - x7).Plus(1.0 / 2, d2).Plus(2, d3).Store(y + yStep);
            s1.Plus(-21.0 / 4, x0).Plus(1.0 / 4, s2).Plus(4, s3).Store(y + (2 * yStep));
            ((21.0 / 4) * x7).Plus(-17.0 / 4, d1).Plus(-5.0 / 2, d2 + d3).Store(y + (3 * yStep));
            ((21.0 / 4) * x0).Plus(-17.0 / 4, s1).Plus(-5.0 / 4, s2).Plus(-5, s3).Store(y + (4 * yStep));
            d1.Plus(2, d2).Plus(1.0 / 2, d3).Plus(-21.0 / 4, x7).Store(y + (5 * yStep));
            (s1 + s2 + s3 - x0).Store(y + (6 * yStep));
            x7.Store(y + (7 * yStep));
        }
    }

    /// <summary>Aᵀ: of summed products, to an output tile.</summary>
    public readonly struct Output : IWinogradTransform
    {
        public static int Inputs => 8;

        public static int Outputs => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where T : unmanaged
        {
            var x0 = new Lanes<TSimd, TVector, T>(x);
            var x1 = new Lanes<TSimd, TVector, T>(x + (1 * step));
            var x2 = new Lanes<TSimd, TVector, T>(x + (2 * step));
            var x3 = new Lanes<TSimd, TVector, T>(x + (3 * step));
            var x4 = new Lanes<TSimd, TVector, T>(x + (4 * step));
            var x5 = new Lanes<TSimd, TVector, T>(x + (5 * step));
            var x6 = new Lanes<TSimd, TVector, T>(x + (6 * step));
            var x7 = new Lanes<TSimd, TVector, T>(x + (7 * step));
            var (s1, d1, s2, d2, s3, d3) = (x1 + x2, x1 - x2, x3 + x4, x3 - x4, x5 + x6, x5 - x6);
            (x0 + s1 + s2 + s3).Store(y);
            d1.Plus(2, d2).Plus(1.0 / 2, d3).Store(y + yStep);
            s1.Plus(4, s2).Plus(1.0 / 4, s3).Store(y + (2 * yStep));
            (d1 + x7).Plus(8, d2).Plus(1.0 / 8, d3).Store(y + (3 * yStep));
        }
    }

    /// <summary>A: of the gradient of an output tile.</summary>
    public readonly struct OutputAdjoint : IWinogradTransform
    {
        public static int Inputs => 4;

        public static int Outputs => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where T : unmanaged
        {
            var x0 = new Lanes<TSimd, TVector, T>(x);
            var x1 = new Lanes<TSimd, TVector, T>(x + (1 * step));
            var x2 = new Lanes<TSimd, TVector, T>(x + (2 * step));
            var x3 = new Lanes<TSimd, TVector, T>(x + (3 * step));
            x0.Store(y);
            var (even, odd) = (x0 + x2, x1 + x3);
            (even + odd).Store(y + yStep);
            (even - odd).Store(y + (2 * yStep));
            (even, odd) = (x0.Plus(4, x2), x1.Plus(4, x3));
            even.Plus(2, odd).Store(y + (3 * yStep));
            even.Plus(-2, odd).Store(y + (4 * yStep));
            (even, odd) = (x0.Plus(1.0 / 4, x2), x1.Plus(1.0 / 4, x3));
            even.Plus(1.0 / 2, odd).Store(y + (5 * yStep));
            even.Plus(-1.0 / 2, odd).Store(y + (6 * yStep));
            x3.Store(y + (7 * yStep));
        }
    }

    /// <summary>G: of a kernel.</summary>
    public readonly struct Weights : IWinogradTransform
    {
        public static int Inputs => 5;

        public static int Outputs => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where T : unmanaged
        {
            var x0 = new Lanes<TSimd, TVector, T>(x);
            var x1 = new Lanes<TSimd, TVector, T>(x + (1 * step));
            var x2 = new Lanes<TSimd, TVector, T>(x + (2 * step));
            var x3 = new Lanes<TSimd, TVector, T>(x + (3 * step));
            var x4 = new Lanes<TSimd, TVector, T>(x + (4 * step));
            x0.Store(y);
            var (even, odd) = ((-2.0 / 9) * (x0 + x2 + x4), (-2.0 / 9) * (x1 + x3));
            (even + odd).Store(y + yStep);
            (even - odd).Store(y + (2 * yStep));
            (even, odd) = ((1.0 / 90) * x0.Plus(4, x2).Plus(16, x4), (1.0 / 45) * x1.Plus(4, x3));
            (even + odd).Store(y + (3 * yStep));
            (even - odd).Store(y + (4 * yStep));
            (even, odd) = ((32.0 / 45) * x0.Plus(1.0 / 4, x2).Plus(1.0 / 16, x4), (16.0 / 45) * x1.Plus(1.0 / 4, x3));
            (even + odd).Store(y + (5 * yStep));
            (even - odd).Store(y + (6 * yStep));
            x4.Store(y + (7 * yStep));
        }
    }

    /// <summary>Gᵀ: of the gradient of a transformed kernel.</summary>
    public readonly struct WeightsAdjoint : IWinogradTransform
    {
        public static int Inputs => 8;

        public static int Outputs => 5;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where T : unmanaged
        {
            var x0 = new Lanes<TSimd, TVector, T>(x);
            var x1 = new Lanes<TSimd, TVector, T>(x + (1 * step));
            var x2 = new Lanes<TSimd, TVector, T>(x + (2 * step));
            var x3 = new Lanes<TSimd, TVector, T>(x + (3 * step));
            var x4 = new Lanes<TSimd, TVector, T>(x + (4 * step));
            var x5 = new Lanes<TSimd, TVector, T>(x + (5 * step));
            var x6 = new Lanes<TSimd, TVector, T>(x + (6 * step));
            var x7 = new Lanes<TSimd, TVector, T>(x + (7 * step));
            var (s1, d1) = ((-2.0 / 9) * (x1 + x2), (-2.0 / 9) * (x1 - x2));
            var (s2, d2) = ((1.0 / 90) * (x3 + x4), (1.0 / 90) * (x3 - x4));
            var (s3, d3) = ((32.0 / 45) * (x5 + x6), (32.0 / 45) * (x5 - x6));
            (x0 + s1 + s2 + s3).Store(y);
            d1.Plus(2, d2).Plus(1.0 / 2, d3).Store(y + yStep);
            s1.Plus(4, s2).Plus(1.0 / 4, s3).Store(y + (2 * yStep));
            d1.Plus(8, d2).Plus(1.0 / 8, d3).Store(y + (3 * yStep));
            (s1 + x7).Plus(16, s2).Plus(1.0 / 16, s3).Store(y + (4 * yStep));
        }
    }
}
