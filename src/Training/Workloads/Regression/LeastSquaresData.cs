using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>A and y of F(x) = ‖Ax − y‖²/(2m), row-major, and what can be known of them before training.</summary>
internal sealed class LeastSquaresData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostPowerIterations = 2000;
    private const double PowerTolerance = 1e-10;

    /// <summary>Of many batches, which vary among themselves by per cents.</summary>
    private const double BatchTolerance = 1e-6;

    private readonly Lazy<double> _smoothness;

    /// <param name="a">m rows of n numbers.</param>
    /// <param name="y">m numbers.</param>
    public LeastSquaresData(T[] a, T[] y)
    {
        A = a;
        Y = y;
        Rows = y.Length;
        Columns = a.Length / y.Length;
        _smoothness = new Lazy<double>(() => LargestEigenvalue([.. Enumerable.Range(0, Rows)], PowerTolerance));
    }

    public T[] A { get; }

    public T[] Y { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>L, the largest eigenvalue of AᵀA/m, by power iteration to a relative change of 1e-10.</summary>
    public double Smoothness => _smoothness.Value;

    public ReadOnlySpan<T> Row(int i) => A.AsSpan(i * Columns, Columns);

    /// <summary>The largest eigenvalue of A_BᵀA_B/n over n rows: the curvature of their mean loss, to about three digits.</summary>
    public double Curvature(ReadOnlySpan<int> rows) => LargestEigenvalue(rows, BatchTolerance);

    private double LargestEigenvalue(ReadOnlySpan<int> rows, double tolerance)
    {
        var v = new double[Columns];
        var next = new double[Columns];
        var row = new double[Columns];
        Array.Fill(v, 1 / Math.Sqrt(Columns));
        v[0] += 1e-3; // Never exactly orthogonal to the leading eigenvector by symmetry.
        var eigenvalue = 0.0;
        for (var k = 0; k < MostPowerIterations; k++)
        {
            Array.Clear(next);
            foreach (var i in rows)
            {
                TensorPrimitives.ConvertTruncating<T, double>(Row(i), row);
                TensorPrimitives.MultiplyAdd(row, TensorPrimitives.Dot<double>(row, v), next, next);
            }

            var norm = TensorPrimitives.Norm<double>(next);
            var previous = eigenvalue;
            eigenvalue = norm / rows.Length / TensorPrimitives.Norm<double>(v);
            TensorPrimitives.Divide(next, norm, v);
            if (Math.Abs(eigenvalue - previous) <= tolerance * eigenvalue)
            {
                break;
            }
        }

        return eigenvalue;
    }
}
