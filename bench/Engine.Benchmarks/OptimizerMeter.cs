using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;

namespace Stepsize.Engine.Benchmarks;

/// <summary>What each optimizer's step costs within an iteration of mnist-fulconn2: medians, the optimizers taking turns.</summary>
internal static class OptimizerMeter
{
    private const int BatchSize = 256;
    private const int Rounds = 12;
    private const int IterationsPerRound = 40;

    public const string Header = "optimizer                step µs   iteration µs   share";

    /// <summary>Measures all registered optimizers on one training thread.</summary>
    public static async Task<IReadOnlyList<OptimizerCost>> MeasureAsync(TrainingPool pool, string datasets)
    {
        var problem = (Problem<float>)WorkloadRegistry.Find("mnist-fulconn2")!.Prepare(
            OptionSet.Resolve(WorkloadRegistry.Find("mnist-fulconn2")!.Options, null, "", new FaultList()), new DatasetFolders([datasets]));
        IReadOnlyList<OptimizerCost> costs = [];
        await pool.RunAsync([() => costs = Measure(problem)], CancellationToken.None);
        return costs;
    }

    private static OptimizerCost[] Measure(Problem<float> problem)
    {
        var runs = OptimizerRegistry.All.Select(o => new Run(problem, o)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var run in runs)
            {
                run.Train(IterationsPerRound, measured: round >= 2);
            }
        }

        return [.. runs.Select(r => r.Cost)];
    }

    private sealed class Run
    {
        private readonly OptimizerDefinition _definition;
        private readonly TrainingStep<float> _step;
        private readonly Optimizer<float> _optimizer;
        private readonly BatchOrder _order;
        private readonly float[] _x;
        private readonly float[] _g;
        private readonly StepContext<float> _context;
        private readonly List<double> _stepMicroseconds = [];
        private readonly List<double> _iterationMicroseconds = [];
        private int _iteration;

        public Run(Problem<float> problem, OptimizerDefinition definition)
        {
            _definition = definition;
            _step = problem.Compile(BatchSize);
            _x = new float[problem.Parameters.Length];
            _g = new float[_x.Length];
            _step.Initialise(0, _x);
            _order = new BatchOrder(problem.TrainingExamples, BatchSize, 0);
            var axis = definition.Axes[0];
            var options = OptionSet.Resolve(definition.Options, null, "", new FaultList());
            _optimizer = definition.Create<float>(new OptimizerSettings(axis, axis == RobustnessAxis.B0 ? 10 : 0.001, options), problem.Parameters);
            _context = new StepContext<float>
            {
                BatchSize = BatchSize,
                IterationsPerEpoch = _order.IterationsPerEpoch,
                TotalIterations = Rounds * IterationsPerRound,
                LossAt = x => _step.Loss(_order.Examples(_iteration), x, _iteration),
            };
        }

        public OptimizerCost Cost => new(_definition.Id, BenchmarkResult.Median(_stepMicroseconds), BenchmarkResult.Median(_iterationMicroseconds));

        public void Train(int iterations, bool measured)
        {
            for (var i = 0; i < iterations; i++)
            {
                _iteration++;
                var began = TimeProvider.System.GetTimestamp();
                var batch = _step.Run(_order.Examples(_iteration), _x, _g, _iteration);
                _context.Iteration = _iteration;
                _context.Loss = batch.Loss;
                var between = TimeProvider.System.GetTimestamp();
                _optimizer.Step(_x, _g, _context);
                var ended = TimeProvider.System.GetTimestamp();
                if (measured && i >= IterationsPerRound / 4)
                {
                    _stepMicroseconds.Add(TimeProvider.System.GetElapsedTime(between, ended).TotalMicroseconds);
                    _iterationMicroseconds.Add(TimeProvider.System.GetElapsedTime(began, ended).TotalMicroseconds);
                }
            }
        }
    }
}

/// <param name="StepMicroseconds">Of the optimizer's step alone.</param>
/// <param name="IterationMicroseconds">Of the whole iteration, the step included.</param>
internal sealed record OptimizerCost(string Optimizer, double StepMicroseconds, double IterationMicroseconds)
{
    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture, $"{Optimizer,-24} {StepMicroseconds,7:F0} {IterationMicroseconds,14:F0} {StepMicroseconds / IterationMicroseconds,7:P1}");

    public JsonObject ToJson() => new()
    {
        ["optimizer"] = Optimizer,
        ["stepMicroseconds"] = StepMicroseconds,
        ["iterationMicroseconds"] = IterationMicroseconds,
    };
}
