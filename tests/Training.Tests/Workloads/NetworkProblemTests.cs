using System.Text.Json;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

public sealed class NetworkProblemTests
{
    public static TheoryData<string> RecordedWorkloads => ["mnist-logreg", "mnist-fulconn2", "mnist-mlp", "mnist-cnn", "adalip-mnist"];

    [Theory]
    [MemberData(nameof(RecordedWorkloads))]
    public void Run_FirstIterations_AgreesWithPyTorch(string id)
    {
        var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests/Training.Tests/Workloads", id + ".json"))).RootElement;
        var losses = recorded.GetProperty("losses").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var accuracies = recorded.GetProperty("accuracies").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var (seed, batchSize) = (recorded.GetProperty("seed").GetInt32(), recorded.GetProperty("batchSize").GetInt32());
        var (problem, step, parameters, gradient) = Start(id, seed, batchSize, recorded.GetProperty("trainLimit").GetInt32());
        var order = new BatchOrder(problem.TrainingExamples, batchSize, seed);
        var stepsize = recorded.GetProperty("stepsize").GetSingle();
        for (var i = 0; i < losses.Length; i++)
        {
            var result = step.Run(order.Examples(i + 1), parameters, gradient, i + 1);
            Assert.Equal(losses[i], result.Loss, 1e-4);
            Assert.Equal(accuracies[i], result.Accuracy, 1.5 / batchSize);
            for (var p = 0; p < parameters.Length; p++)
            {
                parameters[p] -= stepsize * gradient[p];
            }
        }

        if (recorded.TryGetProperty("testLoss", out var testLoss))
        {
            var evaluation = step.Evaluate(parameters, TestContext.Current.CancellationToken);
            Assert.Equal(testLoss.GetDouble(), evaluation.TestLoss, 1e-4);
            Assert.Equal(recorded.GetProperty("testAccuracy").GetDouble(), evaluation.TestAccuracy, 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(RecordedWorkloads))]
    public void Run_Iteration_AllocatesNothing(string id)
    {
        var (_, step, parameters, gradient) = Start(id, 1, 32, 300);
        var examples = Enumerable.Range(0, 32).ToArray();

        // The least of several: the runtime itself sometimes allocates when code runs for the first times.
        var allocated = Enumerable.Range(1, 5).Min(i =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            step.Run(examples, parameters, gradient, i);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Run_WithEvaluationInBetween_SameBits()
    {
        var (_, step, parameters, gradient) = Start("mnist-fulconn2", 1, 64);
        var examples = Enumerable.Range(500, 64).ToArray();
        var alone = step.Run(examples, parameters, gradient, 1);
        var expected = gradient.ToArray();
        step.Evaluate(parameters, TestContext.Current.CancellationToken);

        Assert.Equal(alone, step.Run(examples, parameters, gradient, 1));
        Assert.Equal(expected, gradient);
        Assert.Equal(alone.Loss, step.Loss(examples, parameters, 1));
    }

    [Fact]
    public void Run_SparseInputs_AgreesWithDense()
    {
        var random = new RandomStream(1, RandomPurpose.Data);
        var network = new Network([40], [new Flatten(), new Linear(13), new Relu(), new Linear(3)], new SoftmaxCrossEntropy());
        var dense = Inputs(share: 1);
        var sparse = Inputs(share: 0.2);
        Assert.Null(Set(dense).SparseInputs);
        Assert.NotNull(Set(sparse).SparseInputs);

        // The same examples with zeros made so small that they are none, and so are read densely.
        var (loss, gradient) = Run(sparse);
        var (expectedLoss, expectedGradient) = Run([.. sparse.Select(x => x == 0 ? 1e-300 : x)]);
        Assert.Equal(expectedLoss, loss, 1e-14);
        Assert.All(gradient.Zip(expectedGradient), g => Assert.Equal(g.Second, g.First, 1e-14));

        double[] Inputs(double share) => [.. Enumerable.Range(0, 800).Select(_ => random.NextUniform() < share ? random.NextNormal() : 0)];

        static SupervisedSet<double> Set(double[] inputs) =>
            SupervisedSet<double>.Classification(20, inputs, Enumerable.Range(0, 20).Select(i => i % 3).ToArray());

        (double Loss, double[] Gradient) Run(double[] inputs)
        {
            var problem = new NetworkProblem<double>(network, Set(inputs), Set(inputs), new Dictionary<string, string>());
            var step = problem.Compile(7);
            var (parameters, found) = (new double[network.Parameters.Length], new double[network.Parameters.Length]);
            step.Initialise(2, parameters);
            var result = step.Run([3, 19, 0, 7, 7, 11, 2], parameters, found, 1);
            Assert.Equal(result.Loss, step.Loss([3, 19, 0, 7, 7, 11, 2], parameters, 1));
            return (result.Loss + step.Evaluate(parameters, TestContext.Current.CancellationToken).TestLoss, found);
        }
    }

    [Fact]
    public void Evaluate_AnyWidth_IsTheMeanOverAllExamples()
    {
        // 1,300 examples are no multiple of the width that evaluation takes at a time.
        var inputs = Enumerable.Range(0, 1300).Select(i => i / 1300.0).ToArray();
        var set = SupervisedSet<double>.Regression(1300, inputs, new double[1300]);
        var problem = new NetworkProblem<double>(new Network([1], [new Linear(1, bias: false)], new SquaredLoss()), set, set, new Dictionary<string, string>());

        var evaluation = problem.Compile(10).Evaluate([2], TestContext.Current.CancellationToken);

        Assert.Equal(inputs.Average(x => 0.5 * 4 * x * x), evaluation.TrainLoss, 1e-12);
        Assert.True(double.IsNaN(evaluation.TestAccuracy));
    }

    [Fact]
    public void Evaluate_ManyClasses_CountsTheFiveLargestScores()
    {
        // One input of 1: the scores are the parameters, many of them equal, of which the first come first.
        const int Classes = 120;
        var scores = Enumerable.Range(0, Classes).Select(c => (double)(c * 37 % 40)).ToArray();
        var labels = Enumerable.Range(0, Classes).ToArray();
        var set = SupervisedSet<double>.Classification(Classes, Enumerable.Repeat(1.0, Classes).ToArray(), labels);
        var network = new Network([1], [new Linear(Classes, bias: false)], new SoftmaxCrossEntropy(countsTopFive: true));
        var problem = new NetworkProblem<double>(network, set, set, new Dictionary<string, string>());
        var five = labels.OrderByDescending(c => scores[c]).ThenBy(c => c).Take(5).ToHashSet();

        var evaluation = problem.Compile(10).Evaluate(scores, TestContext.Current.CancellationToken);

        Assert.Equal(labels.Count(five.Contains) / (double)Classes, evaluation.TestTopFiveAccuracy);
        Assert.Equal(1.0 / Classes, evaluation.TestAccuracy);
        Assert.Contains(Measure.TestTopFiveAccuracy, problem.Measures);
        scores[7] = double.NaN;
        Assert.Equal(5.0 / Classes, problem.Compile(10).Evaluate(scores, TestContext.Current.CancellationToken).TestTopFiveAccuracy);
    }

    [Fact]
    public void Run_NotANumberInParameters_GivesNotANumberLoss()
    {
        var (_, step, parameters, gradient) = Start("mnist-fulconn2", 1, 8);
        parameters[400] = float.NaN;

        Assert.True(double.IsNaN(step.Run([0, 1, 2, 3, 4, 5, 6, 7], parameters, gradient, 1).Loss));
        Assert.True(double.IsNaN(step.Evaluate(parameters, TestContext.Current.CancellationToken).TestLoss));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(301)]
    public void Compile_ImpossibleBatch_IsRefused(int batchSize)
    {
        var problem = Prepare("mnist-logreg", 300);

        Assert.Throws<InvalidInputException>(() => problem.Compile(batchSize));
    }

    [Fact]
    public void Measure_WithoutData_KnowsTheSize()
    {
        var workload = WorkloadRegistry.Find("mnist-fulconn2")!;
        var size = workload.Measure(Options(workload, 1000));

        Assert.Equal((79_400, 1000, 11_000, 79_400), (size.Parameters, size.TrainingExamples, size.EvaluationExamples, size.MultiplyAddsPerExample));
    }

    [Fact]
    public void ChanceAccuracy_Mnist_IsTheShareOfOnes() => Assert.Equal(0.1135, Prepare("mnist-logreg", 300).ChanceAccuracy, 1e-12);

    private static (Problem<float> Problem, TrainingStep<float> Step, float[] Parameters, float[] Gradient) Start(
        string id, int seed, int batchSize, int trainLimit = Mnist.TrainingImages)
    {
        var problem = Prepare(id, trainLimit);
        var parameters = new float[problem.Parameters.Length];
        var step = problem.Compile(batchSize);
        step.Initialise(seed, parameters);
        return (problem, step, parameters, new float[parameters.Length]);
    }

    private static Problem<float> Prepare(string id, int trainLimit)
    {
        var workload = WorkloadRegistry.Find(id)!;
        return (Problem<float>)workload.Prepare(Options(workload, trainLimit), RepositoryFiles.Datasets);
    }

    private static OptionSet Options(Workload workload, int trainLimit)
    {
        var faults = new FaultList();
        var options = OptionSet.Resolve(workload.Options, new() { ["trainLimit"] = trainLimit }, "workloadOptions", faults);
        Assert.Equal(0, faults.Count);
        return options;
    }
}
