using System.Numerics;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>
/// Losses and gradients of one or two runs on the same four rows. Rows are read twice, for the residuals and for the gradients: the second time they are
/// still close, which a whole batch, 160 KB for 20 rows of 2,000 numbers, would not be.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct LeastSquaresKernel<T> : ISimdKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public LeastSquaresData<T> Data;

    /// <summary>At most four rows.</summary>
    public int* Rows;
    public int Count;

    /// <summary>Factor of the gradient: one over the batch size.</summary>
    public T Scale;

    /// <summary>Parameters, and those of the second run; the latter null where there is one run.</summary>
    public T* X;
    public T* Z;

    /// <summary>Gradients; null where only the loss is asked for.</summary>
    public T* G;
    public T* H;

    /// <summary>Whether gradients begin with these rows.</summary>
    public bool Overwrites;

    /// <summary>Where the sums of squared residuals are added to.</summary>
    public double* Squares;
    public double* SquaresOfZ;

    public readonly void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        if (Z == null)
        {
            Run<TSimd, TVector, One>();
        }
        else
        {
            Run<TSimd, TVector, Two>();
        }
    }

    private readonly void Run<TSimd, TVector, TRuns>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TRuns : struct, IConstant
    {
        var rows = Data.FourRows(new ReadOnlySpan<int>(Rows, Count));
        RowKernels.Dot<TSimd, TVector, T, TRuns>(rows, X, Z, Data.Columns, out var ofX, out var ofZ);
        *Squares += Residuals(ref ofX);
        if (TRuns.Value > 1)
        {
            *SquaresOfZ += Residuals(ref ofZ);
        }

        if (G != null)
        {
            RowKernels.Add<TSimd, TVector, T, TRuns>(rows, Scaled(ofX), Scaled(ofZ), G, H, Data.Columns, Overwrites);
        }
    }

    private readonly Four<T> Scaled(Four<T> residuals) => new(Scale * residuals.N0, Scale * residuals.N1, Scale * residuals.N2, Scale * residuals.N3);

    /// <summary>Subtracts y from the products; there is none, and no residual, where there is no row.</summary>
    /// <returns>The sum of their squares.</returns>
    private readonly double Residuals(ref Four<T> products)
    {
        products.N0 -= Data.Y[Rows[0]];
        products.N1 = Count > 1 ? products.N1 - Data.Y[Rows[1]] : T.Zero;
        products.N2 = Count > 2 ? products.N2 - Data.Y[Rows[2]] : T.Zero;
        products.N3 = Count > 3 ? products.N3 - Data.Y[Rows[3]] : T.Zero;
        return Square(products.N0) + Square(products.N1) + Square(products.N2) + Square(products.N3);
    }

    private static double Square(T value)
    {
        var exact = double.CreateTruncating(value);
        return exact * exact;
    }
}
