using System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels.Simd;

/// <summary>What the kernels are compiled for.</summary>
internal enum InstructionSet
{
    /// <summary>Whatever <c>System.Numerics.Vector</c> maps to.</summary>
    Portable,

    /// <summary>256-bit vectors with fused multiply-add.</summary>
    Avx2,

    /// <summary>512-bit vectors, 32 registers, masks.</summary>
    Avx512,
}

internal static class InstructionSets
{
    /// <summary>
    /// The widest the processor has. <c>Vector512.IsHardwareAccelerated</c> is not asked: the runtime says no on processors that lower their clock for
    /// 512-bit code, and measured there these kernels still gain (docs/performance.md).
    /// </summary>
    public static readonly InstructionSet Best = Supported()[^1];

    /// <summary>All that this processor can run, narrowest first.</summary>
    public static IReadOnlyList<InstructionSet> Supported()
    {
        var sets = new List<InstructionSet> { InstructionSet.Portable };
        if (Avx2.IsSupported && Fma.IsSupported)
        {
            sets.Add(InstructionSet.Avx2);
            if (Avx512F.IsSupported)
            {
                sets.Add(InstructionSet.Avx512);
            }
        }

        return sets;
    }
}
