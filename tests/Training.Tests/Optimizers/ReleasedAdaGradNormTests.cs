using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Parameters;
using Stepsize.Training.Randomness;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>
/// Granularity <c>neuron</c> against the authors' released implementation, run under PyTorch on the same network, weights and batches in double;
/// <c>tests/references/adagradnorm_released.py</c> recorded the numbers.
/// </summary>
public sealed class ReleasedAdaGradNormTests
{
    private const int Inputs = 6;
    private const int Hidden = 4;
    private const int Outputs = 3;
    private const int Batch = 5;

    private static readonly ParameterLayout Layout = new(
    [
        new ParameterSegment("fc1.weight", 0, 0, [Hidden, Inputs]),
        new ParameterSegment("fc1.bias", 0, Hidden * Inputs, [Hidden]),
        new ParameterSegment("fc2.weight", 1, Hidden * (Inputs + 1), [Outputs, Hidden]),
        new ParameterSegment("fc2.bias", 1, (Hidden * (Inputs + 1)) + (Outputs * Hidden), [Outputs]),
    ]);

    [Fact]
    public void Step_WeightsAndBiases_AgreesWithTheReleasedImplementation()
    {
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests/Training.Tests/Optimizers/adagradnorm-released.json")))!;
        var seed = (int)recorded["seed"]!;
        var runs = recorded["runs"]!.AsArray();
        Assert.Equal(6, runs.Count);
        foreach (var run in runs)
        {
            var optimizer = Optimizer((double)run!["b0"]!, (double)run["eta"]!, (double)run["momentum"]!);
            var x = Start(seed);
            var g = new double[x.Length];
            var losses = run["losses"]!.AsArray().Select(l => (double)l!).ToArray();
            var context = OptimizerRun.Context<double>(_ => double.NaN, losses.Length);
            for (var t = 1; t <= losses.Length; t++)
            {
                context.Iteration = t;
                context.Loss = Differentiate(x, g, seed, t);
                Assert.Equal(losses[t - 1], context.Loss, 1e-12);
                optimizer.Step(x, g, context);
            }

            Assert.All(run["parameters"]!.AsArray().Zip(x), pair => Assert.Equal((double)pair.First!, pair.Second, 1e-12));
        }
    }

    private static Optimizer<double> Optimizer(double b0, double eta, double momentum)
    {
        OptimizerDefinition definition = momentum == 0 ? new AdaGradNorm() : new AdaGradNormMomentum();
        var options = new JsonObject { ["eta"] = eta, ["granularity"] = "neuron" };
        if (momentum != 0)
        {
            options["beta"] = momentum;
        }

        return definition.Create<double>(new OptimizerSettings(RobustnessAxis.B0, b0, OptimizerCase.Resolve(definition, options)), Layout);
    }

    private static double[] Start(int seed)
    {
        var x = new double[Layout.Length];
        for (var i = 0; i < Layout.Segments.Count; i++)
        {
            var random = new RandomStream(seed, RandomPurpose.Initialisation, i);
            var bound = 1 / Math.Sqrt(i < 2 ? Inputs : Hidden);
            foreach (ref var value in Layout.Segments[i].Of(x.AsSpan()))
            {
                value = ((2 * random.NextUniform()) - 1) * bound;
            }
        }

        return x;
    }

    /// <summary>Loss and gradient of ‖W₂ tanh(W₁ a + b₁) + b₂ − y‖²/2, the mean over the batch of an iteration.</summary>
    private static double Differentiate(double[] x, double[] g, int seed, int iteration)
    {
        Array.Clear(g);
        int b1 = Layout.Segments[1].Offset, w2 = Layout.Segments[2].Offset, b2 = Layout.Segments[3].Offset;
        var random = new RandomStream(seed, RandomPurpose.Data, iteration);
        var loss = 0.0;
        for (var example = 0; example < Batch; example++)
        {
            var both = Enumerable.Range(0, Inputs + Outputs).Select(_ => (2 * random.NextUniform()) - 1).ToArray();
            var hidden = new double[Hidden];
            var hiddenGradient = new double[Hidden];
            for (var h = 0; h < Hidden; h++)
            {
                hidden[h] = Math.Tanh(x[b1 + h] + Enumerable.Range(0, Inputs).Sum(i => x[(h * Inputs) + i] * both[i]));
            }

            for (var o = 0; o < Outputs; o++)
            {
                var error = x[b2 + o] + Enumerable.Range(0, Hidden).Sum(h => x[w2 + (o * Hidden) + h] * hidden[h]) - both[Inputs + o];
                loss += error * error / (2 * Batch);
                g[b2 + o] += error / Batch;
                for (var h = 0; h < Hidden; h++)
                {
                    g[w2 + (o * Hidden) + h] += error * hidden[h] / Batch;
                    hiddenGradient[h] += error * x[w2 + (o * Hidden) + h] * (1 - (hidden[h] * hidden[h])) / Batch;
                }
            }

            for (var h = 0; h < Hidden; h++)
            {
                g[b1 + h] += hiddenGradient[h];
                for (var i = 0; i < Inputs; i++)
                {
                    g[(h * Inputs) + i] += hiddenGradient[h] * both[i];
                }
            }
        }

        return loss;
    }
}
