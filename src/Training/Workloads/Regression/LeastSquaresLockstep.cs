using System.Numerics;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>Least squares for several runs: rows come from far away, and are used by all runs while they are close, by up to four at a time while they are in registers.</summary>
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
                for (var i = 0; i < runs.Length; i += kernel.Runs)
                {
                    kernel.Runs = LeastSquaresKernel<T>.RunsAtOnce(InstructionSets.Best, runs.Length - i);
                    kernel.X = Pointers(runs.Slice(i, kernel.Runs), r => r.Parameters);
                    kernel.G = Pointers(runs.Slice(i, kernel.Runs), r => r.Gradient);
                    kernel.Squares = squares + i;
                    SimdDispatch.Run<T, LeastSquaresKernel<T>>(InstructionSets.Best, kernel);
                }
            }
        }

        for (var i = 0; i < runs.Length; i++)
        {
            runs[i].Take(new BatchResult(_squares[i] / (2 * examples.Length), double.NaN));
        }
    }

    // The arrays of runs are pinned.
    private static FourRows<T> Pointers(ReadOnlySpan<ILockstepRun<T>> runs, Func<ILockstepRun<T>, T[]> array) => new()
    {
        R0 = Pointer(array(runs[0])),
        R1 = runs.Length > 1 ? Pointer(array(runs[1])) : null,
        R2 = runs.Length > 2 ? Pointer(array(runs[2])) : null,
        R3 = runs.Length > 3 ? Pointer(array(runs[3])) : null,
    };

    private static T* Pointer(T[] array) => (T*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref array[0]);
}
