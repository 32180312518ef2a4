using System.Numerics;
using Stepsize.Training.Optimizers;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>Trains on a small problem without an executor.</summary>
internal static class OptimizerRun
{
    public static StepContext<T> Context<T>(Func<T[], double> lossAt, int iterations) =>
        new() { BatchSize = 10, IterationsPerEpoch = 3, TotalIterations = iterations, LossAt = lossAt };

    /// <summary>Makes iterations <paramref name="from"/> to <paramref name="to"/> and returns the last effective stepsize.</summary>
    public static double Train<T>(Optimizer<T> optimizer, T[] x, SmoothProblem problem, int from, int to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] Doubles(T[] values) => [.. values.Select(double.CreateChecked)];
        StepContext<T>? context = null;
        context = Context<T>(at => problem.Loss(Doubles(at), context!.Iteration), 100);
        var stepsize = double.NaN;
        for (var t = from; t <= to; t++)
        {
            context.Iteration = t;
            context.Loss = problem.Loss(Doubles(x), t);
            T[] gradient = [.. problem.Gradient(Doubles(x), t).Select(T.CreateChecked)];
            stepsize = optimizer.Step(x, gradient, context);
        }

        return stepsize;
    }
}
