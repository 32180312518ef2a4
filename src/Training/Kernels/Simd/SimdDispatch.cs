using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Stepsize.Training.Kernels.Simd;

/// <summary>A kernel with its arguments: one generic method for all instruction sets.</summary>
internal interface ISimdKernel<T>
    where T : unmanaged
{
    void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct;
}

/// <summary>Runs a kernel on an instruction set.</summary>
internal static class SimdDispatch
{
    /// <summary>Once a kernel's call, never inside its loops.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TKernel>(InstructionSet set, TKernel kernel)
        where T : unmanaged
        where TKernel : struct, ISimdKernel<T>, allows ref struct
    {
        switch (set)
        {
            case InstructionSet.Avx512:
                kernel.Run<Avx512<T>, Vector512<T>>();
                break;
            case InstructionSet.Avx2:
                kernel.Run<Avx2<T>, Vector256<T>>();
                break;
            default:
                kernel.Run<Portable<T>, Vector<T>>();
                break;
        }
    }
}
