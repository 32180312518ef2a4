using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Winograd;

/// <summary>One of the small constant matrices of Winograd's convolution, applied to vectors that lie some step apart.</summary>
internal unsafe interface IWinogradTransform
{
    /// <summary>Columns of the matrix.</summary>
    static abstract int Inputs { get; }

    /// <summary>Rows of the matrix.</summary>
    static abstract int Outputs { get; }

    /// <summary>y = M x, lane by lane.</summary>
    /// <param name="x">Its element i is the vector at <c>x[i * step]</c>.</param>
    /// <param name="y">Its element i is the vector at <c>y[i * yStep]</c>; must not overlap x.</param>
    static abstract void Apply<TSimd, TVector, T>(T* x, nint step, T* y, nint yStep)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged;
}
