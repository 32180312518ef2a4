using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>A and y of F(x) = ‖Ax − y‖²/(2m), row-major, and what can be known of them before training.</summary>
internal sealed unsafe class LeastSquaresData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostPowerIterations = 2000;
    private const double PowerTolerance = 1e-10;

    /// <summary>Of many batches, which vary among themselves by per cents.</summary>
    private const double BatchTolerance = 1e-6;

    private readonly Lazy<double> _smoothness;

    // The rows, each from the beginning of a cache line, and one of zeros behind them.
    private readonly AlignedBuffer<T> _rows;
    private readonly int _stride;

    /// <param name="a">m rows of n numbers.</param>
    /// <param name="y">m numbers.</param>
    public LeastSquaresData(ReadOnlySpan<T> a, T[] y)
    {
        Y = y;
        Rows = y.Length;
        Columns = a.Length / y.Length;
        _stride = AlignedBuffer<T>.Padded(Columns);
        _rows = new AlignedBuffer<T>((Rows + 1L) * _stride);
        for (var row = 0; row < Rows; row++)
        {
            a.Slice(row * Columns, Columns).CopyTo(new Span<T>(RowStart(row), Columns));
        }

        _smoothness = new Lazy<double>(() => LargestEigenvalue([.. Enumerable.Range(0, Rows)], PowerTolerance));
    }

    public T[] Y { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>L, the largest eigenvalue of AᵀA/m, by power iteration to a relative change of 1e-10.</summary>
    public double Smoothness => _smoothness.Value;

    /// <summary>The root mean square of y.</summary>
    public double TargetSize => Math.Sqrt(Y.Average(v => double.CreateTruncating(v) * double.CreateTruncating(v)));

    /// <summary>‖A‖ in the Frobenius norm.</summary>
    public double FrobeniusNorm
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Rows; i++)
            {
                sum += double.CreateTruncating(TensorPrimitives.SumOfSquares(Row(i)));
            }

            return Math.Sqrt(sum);
        }
    }

    public ReadOnlySpan<T> Row(int i) => new(RowStart(i), Columns);

    /// <summary>Four of the given rows; zeros where there are not so many.</summary>
    public FourRows<T> FourRows(ReadOnlySpan<int> rows) => new()
    {
        R0 = RowStart(rows[0]),
        R1 = RowStart(rows.Length > 1 ? rows[1] : Rows),
        R2 = RowStart(rows.Length > 2 ? rows[2] : Rows),
        R3 = RowStart(rows.Length > 3 ? rows[3] : Rows),
    };

    /// <summary>The largest eigenvalue of A_BᵀA_B/n over n rows: the curvature of their mean loss, to about three digits.</summary>
    public double Curvature(ReadOnlySpan<int> rows) => LargestEigenvalue(rows, BatchTolerance);

    private T* RowStart(int row) => _rows.Start + ((nint)row * _stride);

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
