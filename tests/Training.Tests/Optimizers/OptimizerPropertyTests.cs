using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Parameters;
using Stepsize.Training.Randomness;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>What the papers' rules promise, over many random problems.</summary>
public sealed class OptimizerPropertyTests
{
    private const int Seeds = 40;

    /// <summary>b_t never decreases: the accumulators stand at the end of the saved state.</summary>
    [Theory]
    [InlineData("adagrad-norm")]
    [InlineData("adagrad-norm-momentum")]
    [InlineData("wngrad")]
    [InlineData("adaloss")]
    [InlineData("adamloss")]
    public void Step_AnyGradients_NeverShrinksAnAccumulator(string id)
    {
        var definition = OptimizerRegistry.Find(id)!;
        foreach (var testCase in OptimizerCases.Singles.Where(c => c.Optimizer.Id == id))
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var state = new byte[definition.Create<double>(testCase.Settings, SmoothProblem.Layout).StateLength];
                var optimizer = definition.Create<double>(testCase.Settings, SmoothProblem.Layout);
                var accumulators = Array.Empty<double>();
                Walk(optimizer, SmoothProblem.Layout.Length, seed, 30, (_, _) =>
                {
                    optimizer.Save(state);
                    var count = AccumulatorCount(testCase);
                    var now = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(state.AsSpan()[^(count * sizeof(double))..]).ToArray();
                    Assert.All(accumulators.Zip(now), pair => Assert.True(pair.Second >= pair.First, $"{testCase}: {pair.First:R} fell to {pair.Second:R}"));
                    accumulators = now;
                });
                Assert.NotEmpty(accumulators);
            }
        }
    }

    /// <summary>Scaling the loss changes nothing: the gradient's length does not enter.</summary>
    [Theory]
    [InlineData("sgdm-ng", 1e-6)]
    [InlineData("sgdm-ng-adap", 1e-6)]
    [InlineData("adam-ng", 1e7)]
    [InlineData("adam-ng-adap", 1e7)]
    [InlineData("adagrad-ng", 1e-6)]
    public void Step_ScaledLoss_GivesTheSameIterates(string id, double scale)
    {
        var definition = OptimizerRegistry.Find(id)!;
        var settings = new OptimizerSettings(RobustnessAxis.LearningRate, 0.01, OptimizerCase.Resolve(definition, []));
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plain = Walk(definition, settings, SmoothProblem.Layout, seed, 50);
            var scaled = Walk(definition, settings, SmoothProblem.Layout, seed, 50, gradientScale: scale);
            Assert.All(plain.Zip(scaled), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        }
    }

    /// <summary>α ‖x_i‖ ĝ_i is 0 where x_i is: a block of zeros stays there, whatever its gradient; the others move.</summary>
    [Theory]
    [InlineData("sgdm-ng-adap")]
    [InlineData("adam-ng-adap")]
    public void NgAdap_BlockOfZeros_NeverMoves(string id)
    {
        var definition = OptimizerRegistry.Find(id)!;
        var options = new JsonObject { ["weight_decay"] = 0 };
        var settings = new OptimizerSettings(RobustnessAxis.LearningRate, 0.1, OptimizerCase.Resolve(definition, options));
        var optimizer = definition.Create<double>(settings, SmoothProblem.Layout);
        var (zero, other) = (SmoothProblem.Layout.Segments[^1], SmoothProblem.Layout.Segments[0]);
        var x = SmoothProblem.Normals(1, SmoothProblem.Layout.Length);
        zero.Of(x.AsSpan()).Clear();
        var start = other.Of(x.AsSpan()).ToArray();
        var context = OptimizerRun.Context<double>(_ => 1, 20);
        for (context.Iteration = 1; context.Iteration <= 20; context.Iteration++)
        {
            optimizer.Step(x, SmoothProblem.Normals(context.Iteration + 5, x.Length), context);
        }

        Assert.All(zero.Of(x.AsSpan()).ToArray(), value => Assert.Equal(0, value));
        Assert.All(start.Zip(other.Of(x.AsSpan()).ToArray()), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    /// <summary>In one dimension the norm is the coordinate: AdaGrad-Norm with one b is Adagrad, up to Adagrad's ε = 10⁻¹⁰.</summary>
    [Fact]
    public void AdaGradNorm_OneDimension_IsAdaGradCoordinate()
    {
        var layout = ParameterLayout.Single("x", 1);
        var norm = new AdaGradNorm();
        var coordinate = new AdaGradCoordinate();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var b0 = Math.Pow(10, (seed % 7) - 3);
            var x = Walk(norm, Settings(norm, b0, new JsonObject { ["granularity"] = "global" }), layout, seed, 50);
            var y = Walk(coordinate, Settings(coordinate, b0, []), layout, seed, 50);
            Assert.Equal(x[0], y[0], Math.Max(1, Math.Abs(x[0])) * 1e-6);
        }
    }

    /// <summary>With one tensor, one row and no guard the granularities are one rule.</summary>
    [Fact]
    public void AdaGradNorm_OneTensor_LayerIsGlobal()
    {
        var layout = ParameterLayout.Single("x", 9);
        var definition = new AdaGradNorm();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var global = Walk(definition, Settings(definition, 0.1, new JsonObject { ["granularity"] = "global" }), layout, seed, 50);
            var layer = Walk(definition, Settings(definition, 0.1, new JsonObject { ["granularity"] = "layer" }), layout, seed, 50);
            Assert.Equal(global, layer);
        }
    }

    /// <summary>As γ → 1, S stays at its start, 1, and what is left is the base optimizer.</summary>
    [Theory]
    [InlineData("adalip", "sgd-momentum", """{"momentum":0}""", """{"momentum":0}""")]
    [InlineData("adalip-u", "sgd-momentum", """{"momentum":0}""", """{"momentum":0}""")]
    [InlineData("adamlip", "adam", "{}", """{"epsilon_inside":true}""")]
    [InlineData("adamlip-u", "adam", "{}", """{"epsilon_inside":true}""")]
    public void AdaLip_GammaNearOne_IsItsBase(string id, string baseId, string options, string baseOptions)
    {
        var definition = OptimizerRegistry.Find(id)!;
        var plain = OptimizerRegistry.Find(baseId)!;
        var lipOptions = JsonNode.Parse(options)!.AsObject();
        lipOptions["gamma"] = 1 - 1e-13;
        var settings = new OptimizerSettings(RobustnessAxis.LearningRate, 0.01, OptimizerCase.Resolve(definition, lipOptions));
        var baseSettings = new OptimizerSettings(RobustnessAxis.LearningRate, 0.01, OptimizerCase.Resolve(plain, JsonNode.Parse(baseOptions)!.AsObject()));
        for (var seed = 0; seed < Seeds; seed++)
        {
            var x = Walk(definition, settings, SmoothProblem.Layout, seed, 40);
            var y = Walk(plain, baseSettings, SmoothProblem.Layout, seed, 40);
            Assert.All(x.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
        }
    }

    /// <summary>With lemma 5's c and α_t = lr/√t the learning rate of no tensor ever grows from the second iteration on.</summary>
    [Fact]
    public void AdaLip_TheoreticalC_NeverGrowsTheRate()
    {
        var definition = new AdaLip();
        var options = OptimizerCase.Resolve(definition, new JsonObject { ["c"] = "theoretical", ["lr_schedule"] = "inverse-sqrt" });
        for (var seed = 0; seed < Seeds; seed++)
        {
            var last = double.PositiveInfinity;
            var optimizer = definition.Create<double>(new OptimizerSettings(RobustnessAxis.LearningRate, 0.01, options), ParameterLayout.Single("x", 5));
            Walk(optimizer, 5, seed, 60, (t, stepsize) =>
            {
                Assert.True(stepsize <= last * (1 + 1e-12), $"seed {seed}: A_{t} = {stepsize:R} after {last:R}");
                last = t == 1 ? double.PositiveInfinity : stepsize;
            });
        }
    }

    /// <summary>A deterministic least-squares problem: AdaGrad-Norm converges from any b₀, plain descent above 2/L diverges.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1)]
    [InlineData(30)]
    public void AdaGradNorm_NoiselessLeastSquares_ConvergesFromAnyB0(double b0)
    {
        double[] curvatures = [1, 2, 5, 8];
        var norm = new AdaGradNorm();
        var sgd = new SgdConstant();
        var adaptive = Descend(norm, Settings(norm, b0, new JsonObject { ["granularity"] = "global" }), curvatures, 20000);
        Assert.True(adaptive < 1e-6, $"gradient norm {adaptive:E2}");
        var plain = Descend(sgd, Settings(sgd, 0.9 * 8 / 2, []), curvatures, 20000);
        Assert.False(plain < 1e6, $"gradient norm {plain:E2}");
    }

    [Fact]
    public void NormalisedGradient_AnyGradient_HasUnitBlocks()
    {
        var norms = new BlockNorms<double>(SmoothProblem.Layout);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var g = SmoothProblem.Normals(seed, SmoothProblem.Layout.Length);
            norms.Normalise(g);
            Assert.All(norms.Of(g).ToArray(), norm => Assert.Equal(1, norm, 1e-14));
        }
    }

    private static OptimizerSettings Settings(OptimizerDefinition definition, double b0, JsonObject options) =>
        new(RobustnessAxis.B0, b0, OptimizerCase.Resolve(definition, options));

    /// <summary>How many b there are: one, or one for each group of a granularity.</summary>
    private static int AccumulatorCount(OptimizerCase testCase) => testCase.Settings.Options.Values.TryGetValue("granularity", out var granularity)
        ? NormGroups.Of(SmoothProblem.Layout, (string)granularity).Groups.Length
        : 1;

    /// <summary>Random gradients that do not depend on x: a walk, not a descent.</summary>
    private static double[] Walk(Optimizer<double> optimizer, int length, int seed, int iterations, Action<int, double>? after = null, double gradientScale = 1)
    {
        var random = new RandomStream(seed, RandomPurpose.Data, 17);
        var x = SmoothProblem.Normals(seed + 100, length);
        var g = new double[length];
        var context = OptimizerRun.Context<double>(_ => 1, iterations);
        for (var t = 1; t <= iterations; t++)
        {
            for (var j = 0; j < length; j++)
            {
                g[j] = gradientScale * (random.NextNormal() + 0.5);
            }

            context.Iteration = t;
            context.Loss = random.NextUniform();
            var stepsize = optimizer.Step(x, g, context);
            after?.Invoke(t, stepsize);
        }

        return x;
    }

    private static double[] Walk(OptimizerDefinition definition, OptimizerSettings settings, ParameterLayout layout, int seed, int iterations, double gradientScale = 1) =>
        Walk(definition.Create<double>(settings, layout), layout.Length, seed, iterations, gradientScale: gradientScale);

    /// <summary>Minimises Σ c x²/2 from a start away from 0 and returns the last gradient norm.</summary>
    private static double Descend(OptimizerDefinition definition, OptimizerSettings settings, double[] curvatures, int iterations)
    {
        var optimizer = definition.Create<double>(settings, ParameterLayout.Single("x", curvatures.Length));
        var x = SmoothProblem.Normals(1, curvatures.Length);
        var g = new double[x.Length];
        var context = OptimizerRun.Context<double>(_ => 1, iterations);
        for (var t = 1; t <= iterations; t++)
        {
            for (var j = 0; j < x.Length; j++)
            {
                g[j] = curvatures[j] * x[j];
            }

            context.Iteration = t;
            optimizer.Step(x, g, context);
        }

        return Math.Sqrt(x.Zip(curvatures, (xj, c) => c * xj * c * xj).Sum());
    }
}
