using System.Numerics;
using Stepsize.Training.Kernels.Simd;
using static Stepsize.Training.Kernels.Simd.Constants;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>
/// Losses and gradients of one, two or four runs on the same four rows. Rows are read twice, for the residuals and for the gradients: the second time they are
/// still close, which a whole batch, 160 KB for 20 rows of 2,000 numbers, would not be.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct LeastSquaresKernel<T> : ISimdKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int MostRuns = 4;

    public LeastSquaresData<T> Data;

    /// <summary>At most four rows.</summary>
    public int* Rows;
    public int Count;

    /// <summary>1, 2 or 4.</summary>
    public int Runs;

    /// <summary>Factor of the gradient: one over the batch size.</summary>
    public T Scale;

    /// <summary>Parameters of each run.</summary>
    public FourRows<T> X;

    /// <summary>Gradient of each run; null where only losses are asked for.</summary>
    public FourRows<T> G;

    /// <summary>Whether gradients begin with these rows.</summary>
    public bool Overwrites;

    /// <summary>Of each run, the sum of squared residuals that those of these rows are added to.</summary>
    public double* Squares;

    /// <summary>Runs to take at once, of as many as are left: sums of four need more than 16 registers.</summary>
    public static int RunsAtOnce(InstructionSet set, int left) => left >= 4 && set == InstructionSet.Avx512 ? 4 : Math.Min(left, 2);

    public readonly void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        switch (Runs)
        {
            case 1:
                Run<TSimd, TVector, One>();
                break;
            case 2:
                Run<TSimd, TVector, Two>();
                break;
            default:
                Run<TSimd, TVector, Four>();
                break;
        }
    }

    private readonly void Run<TSimd, TVector, TRuns>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TRuns : struct, IConstant
    {
        var rows = Data.FourRows(new ReadOnlySpan<int>(Rows, Count));
        var numbers = stackalloc T[FourRows<T>.Count * MostRuns];
        RowKernels.Dot<TSimd, TVector, T, TRuns>(rows, X, Data.Columns, numbers);
        for (var run = 0; run < TRuns.Value; run++)
        {
            Squares[run] += Residuals(numbers + (run * FourRows<T>.Count));
        }

        if (G.R0 != null)
        {
            RowKernels.Add<TSimd, TVector, T, TRuns>(rows, G, numbers, Data.Columns, Overwrites);
        }
    }

    /// <summary>Makes products of rows with x into the factors of the rows in the gradient; 0 where there is no row.</summary>
    /// <returns>The sum of the squared residuals.</returns>
    private readonly double Residuals(T* products)
    {
        var squares = 0.0;
        for (var row = 0; row < FourRows<T>.Count; row++)
        {
            var residual = row < Count ? products[row] - Data.Y[Rows[row]] : T.Zero;
            var exact = double.CreateTruncating(residual);
            squares += exact * exact;
            products[row] = Scale * residual;
        }

        return squares;
    }
}
