using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Stepsize.Training.Theory;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>Eigenvalues of AᵀA/m by those of the smaller of AᵀA/m and AAᵀ/m, which are the same but for zeros.</summary>
internal static class LeastSquaresSpectrum
{
    /// <summary>The smaller side of A up to which they are computed: the time grows with its cube.</summary>
    private const int MostRank = 1200;

    /// <summary>Eigenvalues below this share of the largest are rounding.</summary>
    private const double Rounding = 1e-10;

    /// <param name="start">x₀.</param>
    /// <returns>Null for matrices that are too large.</returns>
    public static QuadraticSpectrum? Of<T>(LeastSquaresData<T> data, double[] start, bool reachesZero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Math.Min(data.Rows, data.Columns) > MostRank)
        {
            return null;
        }

        var a = DenseMatrix.Create(data.Rows, data.Columns, 0);
        var row = new double[data.Columns];
        for (var i = 0; i < data.Rows; i++)
        {
            TensorPrimitives.ConvertTruncating<T, double>(data.Row(i), row);
            a.SetRow(i, row);
        }

        var isWide = data.Rows <= data.Columns;
        var evd = (isWide ? a.TransposeAndMultiply(a) : a.TransposeThisAndMultiply(a)).Evd(Symmetricity.Symmetric);
        double[] values = [.. evd.EigenValues.Select(v => v.Real / data.Rows)];
        var top = Array.IndexOf(values, values.Max());
        var direction = evd.EigenVectors.Column(top);
        var v = (isWide ? a.TransposeThisAndMultiply(direction) : direction).Normalize(2);

        // Along v the gradient Aᵀ(Ax₀ − y)/m is λ̄₁ times the error, so the solution need not be known.
        var residual = a.Multiply(DenseVector.OfArray(start)) - DenseVector.OfEnumerable(data.Y.Select(double.CreateTruncating));
        var error = a.Multiply(v).DotProduct(residual) / data.Rows / values[top];
        return new QuadraticSpectrum(values[top], values.Where(e => e > Rounding * values[top]).Min(), error * error, reachesZero);
    }
}
