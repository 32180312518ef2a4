using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>σ(x) = 1/(1 + e⁻ˣ) and its derivative σ(1 − σ), in float. NaN stays NaN; σ is 0 from −88.4 downwards.</summary>
internal static unsafe class Sigmoids
{
    /// <summary>Of all elements; in place where both are the same.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Forward(InstructionSet set, ReadOnlySpan<float> input, Span<float> output)
    {
        Check(input.Length, output.Length);
        fixed (float* x = input, y = output)
        {
            SimdDispatch.Run<float, ForwardKernel>(set, new ForwardKernel { Input = x, Output = y, Length = input.Length });
        }
    }

    /// <summary>Overwrites the input's gradient, which may be the same as the output's.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Backward(InstructionSet set, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        Check(output.Length, outputGradient.Length);
        Check(output.Length, inputGradient.Length);
        fixed (float* y = output, dy = outputGradient, dx = inputGradient)
        {
            SimdDispatch.Run<float, BackwardKernel>(
                set, new BackwardKernel { Output = y, OutputGradient = dy, InputGradient = dx, Length = output.Length });
        }
    }

    private static void Check(int expected, int given)
    {
        if (given != expected)
        {
            throw new ArgumentException($"All lengths must be the same; {expected} and {given} numbers given.", nameof(given));
        }
    }

    private struct ForwardKernel : ISimdKernel<float>
    {
        public float* Input, Output;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, float>
            where TVector : struct
        {
            var i = 0;
            for (; i <= Length - TSimd.Width; i += TSimd.Width)
            {
                TSimd.Store(Output + i, Sigmoid<TSimd, TVector>(TSimd.Load(Input + i)));
            }

            if (i < Length)
            {
                TSimd.StoreFirst(Output + i, Sigmoid<TSimd, TVector>(TSimd.LoadFirst(Input + i, Length - i)), Length - i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Sigmoid<TSimd, TVector>(TVector x)
            where TSimd : struct, ISimd<TVector, float>
            where TVector : struct
        {
            var one = TSimd.Broadcast(1);
            return TSimd.Divide(one, TSimd.Add(one, Exponential.Of<TSimd, TVector>(TSimd.Subtract(TSimd.Broadcast(0), x))));
        }
    }

    private struct BackwardKernel : ISimdKernel<float>
    {
        public float* Output, OutputGradient, InputGradient;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, float>
            where TVector : struct
        {
            var i = 0;
            for (; i <= Length - TSimd.Width; i += TSimd.Width)
            {
                TSimd.Store(InputGradient + i, Product<TSimd, TVector>(TSimd.Load(Output + i), TSimd.Load(OutputGradient + i)));
            }

            if (i < Length)
            {
                var rest = Length - i;
                TSimd.StoreFirst(
                    InputGradient + i, Product<TSimd, TVector>(TSimd.LoadFirst(Output + i, rest), TSimd.LoadFirst(OutputGradient + i, rest)), rest);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Product<TSimd, TVector>(TVector y, TVector dy)
            where TSimd : struct, ISimd<TVector, float>
            where TVector : struct =>
            TSimd.Multiply(dy, TSimd.Multiply(y, TSimd.Subtract(TSimd.Broadcast(1), y)));
    }
}
