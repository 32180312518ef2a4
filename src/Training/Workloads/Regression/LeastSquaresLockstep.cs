using System.Numerics;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>Least squares for several runs: rows come from far away, and are used by all runs while they are close, by two at a time while they are in registers.</summary>
internal sealed unsafe class LeastSquaresLockstep<T>(LeastSquaresData<T> data, int runs) : Lockstep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs up to which it pays: by then rows are a small part of what is read.</summary>
    public const int Width = 8;

    private readonly double[] _squares = new double[runs];

    public override bool SharesGradient => false;

    public override void Run(ReadOnlySpan<int> examples, int iteration, ReadOnlySpan<ILockstepRun<T>> runs)
    {
        _squares.AsSpan().Clear();
        fixed (int* rows = examples)
        fixed (double* squares = _squares)
        {
            for (var first = 0; first < examples.Length; first += FourRows<T>.Count)
            {
                var kernel = new LeastSquaresKernel<T>
                {
                    Data = data,
                    Rows = rows + first,
                    Count = Math.Min(FourRows<T>.Count, examples.Length - first),
                    Scale = T.One / T.CreateChecked(examples.Length),
                    Overwrites = first == 0,
                };
                for (var i = 0; i < runs.Length; i += 2)
                {
                    var j = i + 1 < runs.Length ? i + 1 : i;
                    fixed (T* x = runs[i].Parameters, g = runs[i].Gradient, z = runs[j].Parameters, h = runs[j].Gradient)
                    {
                        kernel.X = x;
                        kernel.G = g;
                        kernel.Squares = squares + i;
                        kernel.Z = j > i ? z : null;
                        kernel.H = h;
                        kernel.SquaresOfZ = squares + j;
                        SimdDispatch.Run<T, LeastSquaresKernel<T>>(InstructionSets.Best, kernel);
                    }
                }
            }
        }

        for (var i = 0; i < runs.Length; i++)
        {
            runs[i].Take(new BatchResult(_squares[i] / (2 * examples.Length), double.NaN));
        }
    }
}
