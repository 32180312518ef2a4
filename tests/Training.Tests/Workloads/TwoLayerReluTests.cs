using Stepsize.Training.Randomness;
using Stepsize.Training.Theory;
using Stepsize.Training.Workloads.TwoLayer;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

public sealed class TwoLayerReluTests
{
    private const int Points = 7;
    private const int Dimension = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public void Run_AnyWidth_LossAndGradientAgreeWithFiniteDifferences(int width)
    {
        var (problem, w) = Prepare(width);
        var step = problem.Compile(Points);
        step.Initialise(3, w);
        int[] examples = [4, 0, 6];
        var gradient = new double[w.Length];
        var loss = step.Run(examples, w, gradient, 1).Loss;
        Assert.Equal(loss, step.Loss(examples, w, 1));
        for (var j = 0; j < w.Length; j++)
        {
            const double h = 1e-6;
            var at = w[j];
            w[j] = at + h;
            var above = step.Loss(examples, w, 1);
            w[j] = at - h;
            var below = step.Loss(examples, w, 1);
            w[j] = at;
            Assert.Equal((above - below) / (2 * h), gradient[j], 1e-7);
        }
    }

    [Fact]
    public void Run_OneUnit_LossAgreesWithTheFormula()
    {
        var (problem, _) = Prepare(1);
        var step = problem.Compile(Points);
        var w = new double[Dimension];
        step.Initialise(0, w);
        double[] positive = [.. Point(2)];
        var loss = step.Loss([2], positive, 1);
        Assert.Contains(new[] { 1, -1 }, a => Math.Abs(((a - Label(2)) * (a - Label(2)) / 2) - loss) < 1e-12);
    }

    [Fact]
    public void Evaluate_BetweenIterations_LeavesNoTrace()
    {
        var (problem, w) = Prepare(9);
        var step = problem.Compile(3);
        step.Initialise(1, w);
        var (first, second) = (new double[w.Length], new double[w.Length]);
        step.Run([1, 2, 3], w, first, 1);
        var evaluation = step.Evaluate(w, CancellationToken.None);
        step.Run([1, 2, 3], w, second, 1);
        Assert.Equal(first, second);
        Assert.True(evaluation.GradientNorm > 0 && evaluation.TrainLoss > 0);
    }

    [Fact]
    public async Task GradientDescent_StepsizeBelowTwoOverL_ConvergesAndFarAboveDiverges()
    {
        // Stepsizes 1/L and 50/L, with L = ‖H∞‖/n: b₀ is their inverse. A little above 2/L the network escapes to flatter places.
        var workload = new Training.Workloads.TwoLayerRelu();
        var options = Training.Options.OptionSet.Resolve(
            workload.Options, new System.Text.Json.Nodes.JsonObject { ["points"] = 12, ["dimension"] = 40, ["width"] = 2000 }, "", new Training.Faults.FaultList());
        var problem = workload.Prepare(options, RepositoryFiles.Datasets);
        Assert.InRange(problem.Constants["λ₀"], 1e-3, 0.5);
        Assert.Equal(problem.Constants["‖H∞‖"] / 12, problem.Smoothness!.Value, 1e-15);
        var recorder = await WorkloadRuns.TrainAsync(FormattableString.Invariant(
            $$"""
            { "name": "relu", "workload": "two-layer-relu", "workloadOptions": { "points": 12, "dimension": 40, "width": 2000 }, "batchSize": 12, "iterations": 150, "seeds": [0],
              "optimizers": [ { "id": "sgd-constant", "values": [{{problem.Smoothness}}, {{problem.Smoothness / 50}}] },
                              { "id": "adaloss", "values": [{{problem.Smoothness / 4}}] } ] }
            """));
        var start = recorder.Losses(0)[0];
        Assert.InRange(recorder.Evaluations(0)[^1].Evaluation.TrainLoss, 0, 1e-6 * start);
        Assert.InRange(recorder.Evaluations(2)[^1].Evaluation.TrainLoss, 0, 0.05 * start);
        Assert.Equal(Training.Execution.RunOutcome.Diverged, recorder.Result(1).Outcome);
    }

    private static (TwoLayerProblem<double> Problem, double[] Weights) Prepare(int width)
    {
        double[] x = [.. Enumerable.Range(0, Points).SelectMany(Point)];
        double[] y = [.. Enumerable.Range(0, Points).Select(Label)];
        return (new TwoLayerProblem<double>(x, y, width, InfiniteWidthGram.Of(x, Dimension)), new double[width * Dimension]);
    }

    private static double Label(int i) => Math.Sin(i + 1);

    private static IEnumerable<double> Point(int i)
    {
        var random = new RandomStream(i, RandomPurpose.Data);
        var point = Enumerable.Range(0, Dimension).Select(_ => random.NextNormal()).ToArray();
        var norm = Math.Sqrt(point.Sum(p => p * p));
        return point.Select(p => p / norm);
    }
}
