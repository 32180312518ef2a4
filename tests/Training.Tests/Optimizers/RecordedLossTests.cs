using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>
/// The first iterations of mnist-fulconn2 in float32 against the same training in float64 by PyTorch, recorded by <c>tests/references/optimizers.py</c>, for every
/// registered optimizer.
/// </summary>
public sealed class RecordedLossTests
{
    private static readonly JsonNode Recorded =
        JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests/Training.Tests/Optimizers/mnist-fulconn2.json")))!;

    private static readonly Lazy<Problem<float>> Problem = new(() =>
    {
        var workload = WorkloadRegistry.Find("mnist-fulconn2")!;
        return (Problem<float>)workload.Prepare(OptionSet.Resolve(workload.Options, null, "", new FaultList()), RepositoryFiles.Datasets);
    });

    public static TheoryData<string> Ids => [.. OptimizerRegistry.All.Select(o => o.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_FirstIterationsOfMnist_AgreeWithPyTorch(string id)
    {
        var runs = Recorded["runs"]!.AsArray().Where(run => (string)run!["id"]! == id).ToArray();
        Assert.NotEmpty(runs);
        foreach (var run in runs)
        {
            var expected = run!["losses"]!.AsArray().Select(loss => (double)loss!).ToArray();
            var actual = Losses(OptimizerRegistry.Find(id)!, run, expected.Length);
            Assert.Equal(50, expected.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - actual[i]) <= 1e-4,
                    FormattableString.Invariant($"{id} {run["options"]!.ToJsonString()}: loss {i + 1} is {actual[i]:F6}, not {expected[i]:F6}."));
            }
        }
    }

    private static double[] Losses(OptimizerDefinition definition, JsonNode run, int iterations)
    {
        var problem = Problem.Value;
        var (seed, batchSize) = ((int)Recorded["seed"]!, (int)Recorded["batchSize"]!);
        var settings = new OptimizerSettings(definition.Axes[0], (double)run["value"]!, OptimizerCase.Resolve(definition, run["options"]!.AsObject()));
        var optimizer = definition.Create<float>(settings, problem.Parameters);
        var step = problem.Compile(batchSize);
        var order = new BatchOrder(problem.TrainingExamples, batchSize, seed);
        var x = new float[problem.Parameters.Length];
        var g = new float[problem.Parameters.Length];
        step.Initialise(seed, x);
        StepContext<float>? context = null;
        context = new StepContext<float>
        {
            BatchSize = batchSize,
            IterationsPerEpoch = order.IterationsPerEpoch,
            TotalIterations = iterations,
            LossAt = at => step.Loss(order.Examples(context!.Iteration), at, context.Iteration),
        };
        var losses = new double[iterations];
        for (var t = 1; t <= iterations; t++)
        {
            context.Iteration = t;
            context.Loss = step.Run(order.Examples(t), x, g, t).Loss;
            losses[t - 1] = context.Loss;
            optimizer.Step(x, g, context);
        }

        return losses;
    }
}
