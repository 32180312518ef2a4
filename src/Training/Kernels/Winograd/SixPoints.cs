using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Winograd;

/// <summary>The transforms for 3 × 3 kernels: polynomials at 0, ±1, ±2 and ∞, with the scaling of Lavin and Gray (2016).</summary>
internal static unsafe class SixPoints
{
    /// <summary>Bᵀ: of an input tile.</summary>
    public readonly struct Input : IWinogradTransform
    {
        public static int Inputs => 6;

        public static int Outputs => 6;

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
            x4.Plus(-5, x2).Plus(4, x0).Store(y);
            var (even, odd) = (x4.Plus(-4, x2), x3.Plus(-4, x1));
            (even + odd).Store(y + yStep);
            (even - odd).Store(y + (2 * yStep));
            (even, odd) = (x4 - x2, x3 - x1);
            even.Plus(2, odd).Store(y + (3 * yStep));
            even.Plus(-2, odd).Store(y + (4 * yStep));
            x5.Plus(-5, x3).Plus(4, x1).Store(y + (5 * yStep));
        }
    }

    /// <summary>B: of the gradient of a transformed input tile.</summary>
    public readonly struct InputAdjoint : IWinogradTransform
    {
        public static int Inputs => 6;

        public static int Outputs => 6;

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
            var (s1, d1, s2, d2) = (x1 + x2, x1 - x2, x3 + x4, x3 - x4);
            (4 * x0).Store(y);
            (4 * (x5 - d1)).Plus(-2, d2).Store(y + yStep);
            ((-5 * x0).Plus(-4, s1) - s2).Store(y + (2 * yStep));
            d1.Plus(2, d2).Plus(-5, x5).Store(y + (3 * yStep));
            (x0 + s1 + s2).Store(y + (4 * yStep));
            x5.Store(y + (5 * yStep));
        }
    }

    /// <summary>Aᵀ: of summed products, to an output tile.</summary>
    public readonly struct Output : IWinogradTransform
    {
        public static int Inputs => 6;

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
            var (s1, d1, s2, d2) = (x1 + x2, x1 - x2, x3 + x4, x3 - x4);
            (x0 + s1 + s2).Store(y);
            d1.Plus(2, d2).Store(y + yStep);
            s1.Plus(4, s2).Store(y + (2 * yStep));
            (d1 + x5).Plus(8, d2).Store(y + (3 * yStep));
        }
    }

    /// <summary>A: of the gradient of an output tile.</summary>
    public readonly struct OutputAdjoint : IWinogradTransform
    {
        public static int Inputs => 4;

        public static int Outputs => 6;

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
            x3.Store(y + (5 * yStep));
        }
    }

    /// <summary>G: of a kernel.</summary>
    public readonly struct Weights : IWinogradTransform
    {
        public static int Inputs => 3;

        public static int Outputs => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
            where T : unmanaged
        {
            var x0 = new Lanes<TSimd, TVector, T>(x);
            var x1 = new Lanes<TSimd, TVector, T>(x + (1 * step));
            var x2 = new Lanes<TSimd, TVector, T>(x + (2 * step));
            ((1.0 / 4) * x0).Store(y);
            var (even, odd) = ((-1.0 / 6) * (x0 + x2), (-1.0 / 6) * x1);
            (even + odd).Store(y + yStep);
            (even - odd).Store(y + (2 * yStep));
            (even, odd) = (((1.0 / 24) * x0).Plus(1.0 / 6, x2), (1.0 / 12) * x1);
            (even + odd).Store(y + (3 * yStep));
            (even - odd).Store(y + (4 * yStep));
            x2.Store(y + (5 * yStep));
        }
    }

    /// <summary>Gᵀ: of the gradient of a transformed kernel.</summary>
    public readonly struct WeightsAdjoint : IWinogradTransform
    {
        public static int Inputs => 6;

        public static int Outputs => 3;

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
            var (s1, d1, s2, d2) = (x1 + x2, x1 - x2, x3 + x4, x3 - x4);
            ((1.0 / 4) * x0).Plus(-1.0 / 6, s1).Plus(1.0 / 24, s2).Store(y);
            ((-1.0 / 6) * d1).Plus(1.0 / 12, d2).Store(y + yStep);
            x5.Plus(1.0 / 6, s2 - s1).Store(y + (2 * yStep));
        }
    }
}
