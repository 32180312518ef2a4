using Stepsize.Torch.Networks;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Workloads;
using TorchSharp;
using Xunit;

namespace Stepsize.Torch.Tests.Networks;

/// <summary>Compares a program of runs with different parameters with the CPU engine's step of each, in double: iterations, then an evaluation.</summary>
internal static class Agreement
{
    private const int Runs = 3;
    private const int Seed = 7;

    public static void Check(NetworkProblem<double> problem, int batchSize, double tolerance, int iterations = 3)
    {
        TorchHere.Load();
        using var data = new ProblemData<double>(problem, torch.CPU, long.MaxValue);
        using var program = new BatchedProgram<double>(problem, data, batchSize, Seed, Runs);
        var layout = program.Layout;
        var steps = Enumerable.Range(0, Runs).Select(_ => problem.Compile(batchSize)).ToArray();
        var parameters = new double[Runs][];
        for (var run = 0; run < Runs; run++)
        {
            parameters[run] = new double[problem.Parameters.Length];
            steps[run].Initialise(Seed, parameters[run]);
            Assert.Equal(parameters[run], program.InitialWeights);
            AddNoise(parameters[run], run);
            SetRow(program, run, parameters[run]);
        }

        var gradient = new double[problem.Parameters.Length];
        for (var t = 1; t <= iterations; t++)
        {
            int[] examples = [.. Enumerable.Range(0, batchSize).Select(i => (i + (t * 3)) % problem.TrainingExamples)];
            using var scope = torch.NewDisposeScope();
            var (loss, accuracy) = program.Run(examples, t);
            var gradients = Numbers.Download<double>(program.Parameters.Gradient!);
            for (var run = 0; run < Runs; run++)
            {
                var expected = steps[run].Run(examples, parameters[run], gradient, t);
                AssertClose(expected.Loss, loss[run].item<double>(), tolerance, $"loss of run {run} at {t}");
                Assert.Equal(expected.Accuracy, accuracy[run].item<double>(), 1e-12);
                AssertClose(gradient, layout.Gather<double>(gradients.AsSpan(run * layout.Width, layout.Width)), tolerance, $"gradient of run {run} at {t}");
            }
        }

        var evaluations = program.Evaluate([2, 0], CancellationToken.None);
        AssertClose(steps[2].Evaluate(parameters[2], CancellationToken.None), evaluations[0], tolerance);
        AssertClose(steps[0].Evaluate(parameters[0], CancellationToken.None), evaluations[1], tolerance);
    }

    public static void AssertClose(double expected, double actual, double tolerance, string what) => Assert.True(
        Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual} where {expected} was expected.");

    public static void AssertClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{what}, element {i}: {actual[i]} where {expected[i]} was expected.");
        }
    }

    private static void AssertClose(Evaluation expected, Evaluation actual, double tolerance)
    {
        AssertClose(expected.TrainLoss, actual.TrainLoss, tolerance, "training loss");
        AssertClose(expected.TestLoss, actual.TestLoss, tolerance, "test loss");
        Assert.Equal((expected.TrainAccuracy, expected.TestAccuracy, expected.TestTopFiveAccuracy), (actual.TrainAccuracy, actual.TestAccuracy, actual.TestTopFiveAccuracy));
    }

    private static void AddNoise(double[] parameters, int run)
    {
        var noise = RandomData.Normals(parameters.Length, 100 + run);
        for (var i = 0; i < noise.Length; i++)
        {
            parameters[i] += 0.05 * noise[i];
        }
    }

    private static void SetRow(BatchedProgram<double> program, int run, double[] parameters)
    {
        var row = new double[program.Layout.Width];
        program.Layout.Spread<double>(parameters, row);
        using var values = Numbers.Upload<double>(row, torch.CPU, row.Length);
        program.Parameters.Values[run].copy_(values);
    }
}
