using Stepsize.Training.Randomness;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>
/// Where an optimizer goes on a small problem: every iterate with its loss and stepsize, in double and in memory. Problem, optimizer and step are those
/// of a run; the run of the same configuration records the same iterates to the bit.
/// </summary>
public sealed class OptimizerTrajectory
{
    private OptimizerTrajectory(IReadOnlyList<double[]> iterates, IReadOnlyList<double> losses, IReadOnlyList<double> stepsizes, int? firstBadIteration)
    {
        Iterates = iterates;
        Losses = losses;
        Stepsizes = stepsizes;
        FirstBadIteration = firstBadIteration;
    }

    /// <summary>x₀, x₁, …: the start, and the parameters after each step.</summary>
    public IReadOnlyList<double[]> Iterates { get; }

    /// <summary>f(x₀), f(x₁), …: over all examples, one for each of <see cref="Iterates"/>.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The effective stepsize of each step: the first belongs to the step from x₀ to x₁.</summary>
    public IReadOnlyList<double> Stepsizes { get; }

    /// <summary>The step, counted from 1, after which loss or parameters were NaN or infinite, and which is the last one; null where there is none.</summary>
    public int? FirstBadIteration { get; }

    /// <summary>Steps made.</summary>
    public int Steps => Stepsizes.Count;

    /// <param name="problem">Of the configuration's workload and options.</param>
    /// <param name="configuration">With a length in iterations.</param>
    /// <exception cref="ArgumentException">The configuration's length is not in iterations.</exception>
    public static OptimizerTrajectory Of(Problem<double> problem, RunConfiguration configuration)
    {
        var total = configuration.Iterations ?? throw new ArgumentException("A trajectory has its length in iterations.", nameof(configuration));
        var state = new RunState<double>(problem, configuration, problem.Compile(configuration.BatchSize), new double[problem.Parameters.Length]);
        var order = new BatchOrder(problem.TrainingExamples, configuration.BatchSize, configuration.Seed, LastBatch.IsUsed(configuration.WorkloadOptions));
        var iteration = 0;
        var context = new Optimizers.StepContext<double>
        {
            IterationsPerEpoch = order.IterationsPerEpoch,
            TotalIterations = total,
            LossAt = x => state.Step.Loss(order.Examples(iteration), x, iteration),
        };
        var iterates = new List<double[]>(total + 1) { state.X.ToArray() };
        var losses = new List<double>(total + 1) { Loss(state) };
        var stepsizes = new List<double>(total);
        int? bad = null;
        while (iteration < total && bad is null)
        {
            context.Iteration = ++iteration;
            context.BatchSize = order.SizeOf(iteration);
            context.Loss = state.Step.Run(order.Examples(iteration), state.X, state.G, iteration).Loss;
            stepsizes.Add(state.Optimizer.Step(state.X, state.G, context));
            iterates.Add(state.X.ToArray());
            losses.Add(Loss(state));
            bad = double.IsFinite(losses[^1]) && state.IsFinite() ? null : iteration;
        }

        return new OptimizerTrajectory(iterates, losses, stepsizes, bad);
    }

    private static double Loss(RunState<double> state) => state.Step.Evaluate(state.X, CancellationToken.None).TrainLoss;
}
