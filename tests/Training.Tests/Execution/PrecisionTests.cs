using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

/// <summary>Workloads compute in the precision that their option says, and mini-batches that are not full count as what they are.</summary>
public sealed class PrecisionTests
{
    /// <summary>
    /// Theorem: AdaGrad-Norm reaches any gradient norm on noiseless least squares. In float it stops at the rounding of the residuals, about 1e-4 here; at the preset's own b₀
    /// of 46,420 and 5,000 iterations it must get below 1e-8.
    /// </summary>
    [Fact]
    public async Task Train_LinearRegressionInDouble_GetsBelowWhatFloatCanHold()
    {
        var preset = PresetRegistry.Find("linreg-stochastic")!.Specification;
        var row = preset.Optimizers.Single(o => o.Optimizer.Id == "adagrad-norm");
        var value = row.Values.MinBy(v => Math.Abs(v - 46_420));
        Assert.InRange(value, 46_000, 47_000);
        Assert.Equal("double", preset.WorkloadOptions.Choice("precision"));
        var sweep = preset with { Optimizers = [row with { Values = [value] }], Seeds = [0] };
        var recorder = await TrainAsync(sweep);
        var norm = recorder.Evaluations(0)[^1].Evaluation.GradientNorm;
        Assert.True(norm < 1e-8, $"gradient norm {norm:E2} after {recorder.Result(0).Iterations} iterations");
    }

    /// <summary>There, a value of b₀ that differs in its last digits must give the same norms and order: what is ranked is the method, not rounding.</summary>
    [Fact]
    public async Task Train_LinearRegressionInDouble_RanksMethodsAndNotRounding()
    {
        var preset = PresetRegistry.Find("linreg-stochastic")!.Specification;
        var value = preset.Optimizers[0].Values.MinBy(v => Math.Abs(v - 46_420));
        var sweep = preset with { Optimizers = [.. preset.Optimizers.Select(o => o with { Values = [value, value * (1 + 1e-13)] })], Seeds = [0] };
        var recorder = await TrainAsync(sweep);
        var norms = Enumerable.Range(0, 2 * sweep.Optimizers.Count).Select(run => recorder.Evaluations(run)[^1].Evaluation.GradientNorm).ToArray();
        var exact = norms.Where((_, i) => i % 2 == 0).ToArray();
        var moved = norms.Where((_, i) => i % 2 == 1).ToArray();

        Assert.Equal(4, exact.Distinct().Count());
        Assert.All(exact.Zip(moved), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * pair.First));
        Assert.Equal(Order(exact), Order(moved));

        static int[] Order(double[] values) => [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
    }

    [Theory]
    [InlineData("linreg-stochastic", """{ "rows": 40, "columns": 90, "precision": "PRECISION" }""", 10)]
    [InlineData("two-layer-relu", """{ "points": 12, "dimension": 6, "width": 40, "precision": "PRECISION" }""", 12)]
    [InlineData("mnist-logreg", """{ "trainLimit": 300, "precision": "PRECISION" }""", 100)]
    [InlineData("mnist-mlp", """{ "trainLimit": 300, "precision": "PRECISION" }""", 100)]
    [InlineData("airfoil-linear", """{ "precision": "PRECISION" }""", 10)]
    [InlineData("quadratic-2d", """{ "precision": "PRECISION" }""", 1)]
    public async Task Train_FloatAndDouble_AgreeToTheRoundingOfAFloatAndNoFurther(string workload, string options, int batch)
    {
        var single = (await TrainAsync(Sweep("float"))).Evaluations(0)[^1].Evaluation.TrainLoss;
        var twofold = (await TrainAsync(Sweep("double"))).Evaluations(0)[^1].Evaluation.TrainLoss;
        Assert.NotEqual(twofold, single);
        Assert.Equal(twofold, single, 1e-4 * Math.Abs(twofold));

        SweepSpecification Sweep(string precision) => SpecificationReader.Parse($$"""
            { "name": "p", "workload": "{{workload}}", "workloadOptions": {{options.Replace("PRECISION", precision, StringComparison.Ordinal)}}, "batchSize": {{batch}}, "iterations": 9,
              "optimizers": [ { "id": "adagrad-norm", "values": [3], "options": { "eta": 0.7 } } ], "seeds": [1] }
            """);
    }

    [Fact]
    public async Task Train_LastBatchUsed_IsMeasuredAtWholeEpochs()
    {
        var sweep = SpecificationReader.Parse("""
            { "name": "l", "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 500, "lastBatch": "used" }, "batchSize": 150, "epochs": 3, "evaluateAtEpochs": [1, 2],
              "optimizers": [ { "id": "sgd-constant", "values": [10] } ], "seeds": [1] }
            """);
        var recorder = await TrainAsync(sweep);
        Assert.Equal([(4, 1.0), (8, 2.0), (12, 3.0)], recorder.Evaluations(0).Select(e => (e.Iteration, e.Epoch)));
        Assert.Equal(12, recorder.Losses(0).Length);
    }

    /// <summary>b_t² − b_{t−1}² = √n ‖y − u‖² = √n · 2 n f, with the n of the iteration: 4, 4 and 2 of ten rows.</summary>
    [Fact]
    public async Task Train_LastBatchUsed_OptimizersKnowHowManyExamplesItHas()
    {
        var sweep = SpecificationReader.Parse("""
            { "name": "t", "workload": "linreg-stochastic", "workloadOptions": { "rows": 10, "columns": 3, "lastBatch": "used" }, "batchSize": 4, "iterations": 6,
              "optimizers": [ { "id": "adaloss", "values": [2], "options": { "theorem3": true } } ], "seeds": [1] }
            """);
        var recorder = await TrainAsync(sweep);
        var (losses, stepsizes) = (recorder.Losses(0), recorder.Stepsizes(0));
        var square = 4.0;
        for (var i = 0; i < 6; i++)
        {
            double n = i % 3 == 2 ? 2 : 4;
            square += Math.Sqrt(n) * 2 * n * losses[i];
            Assert.Equal(1 / Math.Sqrt(square), stepsizes[i], 1e-5 / Math.Sqrt(square));
        }
    }

    private static async Task<MemoryRecorder> TrainAsync(SweepSpecification sweep)
    {
        var recorder = new MemoryRecorder();
        using var pool = new TrainingPool(1);
        CohortRun[] runs = [.. sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];
        await new CpuExecutor(pool, RepositoryFiles.Datasets, TimeProvider.System).TrainAsync(Cohort.Of(sweep, runs), recorder, TestContext.Current.CancellationToken);
        Assert.All(runs, r => Assert.Null(recorder.Result(r.Key).Error));
        return recorder;
    }
}
