using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Randomness;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

/// <summary>Norms of gradient and update and the stepsize of each layer: right, and without a trace in the training.</summary>
public sealed class LayerRecordingTests
{
    /// <summary>Single precision of what is stored, and of sums in another order.</summary>
    private const double Rounding = 2e-6;

    private const string Optimizers = """
        "optimizers": [ { "id": "adagrad-norm", "axis": "b0", "values": [0.1, 10] }, { "id": "sgd-momentum", "axis": "lr", "values": [0.01, 1e30] },
                        { "id": "adamlip", "values": [0.001] }, { "id": "gd-linesearch", "values": [0.1] } ], "seeds": [3]
        """;

    [Theory]
    [InlineData("""{ "name": "a", "workload": "linreg-stochastic", "workloadOptions": { "rows": 50, "columns": 83 }, "batchSize": 18, "iterations": 40, "evaluateAtIterations": [7] """)]
    [InlineData("""{ "name": "a", "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 900 }, "batchSize": 150, "epochs": 2, "evaluateAtEpochs": [] """)]
    [InlineData("""{ "name": "a", "workload": "mnist-fulconn2", "workloadOptions": { "trainLimit": 600 }, "batchSize": 200, "epochs": 2, "evaluateAtEpochs": [] """)]
    [InlineData("""{ "name": "a", "workload": "mnist-mlp", "workloadOptions": { "trainLimit": 200, "depth": "6" }, "batchSize": 50, "iterations": 3, "evaluateAtEpochs": [] """)]
    public async Task Train_WithAndWithoutLayers_SameBitsAndLockstepSameColumns(string workload)
    {
        var plain = SpecificationReader.Parse($"{workload}, {Optimizers} }}");
        var recorded = SpecificationReader.Parse($"{workload}, \"record\": \"layers\", {Optimizers} }}");
        var without = await TrainAsync(plain, Runs(plain));
        var with = await TrainAsync(recorded, Runs(recorded));
        foreach (var run in Runs(recorded))
        {
            Assert.Equal(without.Losses(run.Key), with.Losses(run.Key));
            Assert.Equal(without.Stepsizes(run.Key), with.Stepsizes(run.Key));
            Assert.Equal(without.Evaluations(run.Key), with.Evaluations(run.Key));
            Assert.Equal(without.Result(run.Key).FinalParameters, with.Result(run.Key).FinalParameters);
            Assert.All(without.Segments(run.Key), s => Assert.Null(s.Layers));

            var alone = await TrainAsync(recorded, [run]);
            Assert.Equal(Layers(alone, run.Key), Layers(with, run.Key));
        }
    }

    [Fact]
    public async Task Train_CancelledAndResumed_SameColumnsAsUninterrupted()
    {
        var sweep = SpecificationReader.Parse("""
            { "name": "long", "workload": "linreg-stochastic", "workloadOptions": { "rows": 60, "columns": 80 }, "batchSize": 20, "iterations": 2000, "record": "layers",
              "evaluateAtIterations": [250, 500, 1000, 1500], "optimizers": [ { "id": "adalip", "values": [0.001, 0.01] } ], "seeds": [1] }
            """);
        var whole = await TrainAsync(sweep, Runs(sweep));
        using var cancel = new CancellationTokenSource();
        var first = new MemoryRecorder { Recorded = (_, segment) => { if (segment.FirstIteration > 1) { cancel.Cancel(); } } };
        await TrainAsync(sweep, Runs(sweep), first, cancel);
        Assert.All(Runs(sweep), r => Assert.Null(first.Segments(r.Key)[^1].Result));

        var second = await TrainAsync(sweep, [.. Runs(sweep).Select(r => r with { ResumeFrom = first.Segments(r.Key)[^1].Checkpoint })]);
        foreach (var run in Runs(sweep))
        {
            Assert.Equal(Layers(whole, run.Key), [.. Layers(first, run.Key), .. Layers(second, run.Key)]);
        }
    }

    /// <summary>Every run of the network again, step by step, with norms as sums of squares in double.</summary>
    [Theory]
    [InlineData("adam", 0.001)]
    [InlineData("sgd-momentum", 0.05)]
    [InlineData("rmslip", 0.001)]
    public async Task Train_Network_NormsAreThoseOfANaiveLoop(string optimizer, double value)
    {
        var sweep = SpecificationReader.Parse(FormattableString.Invariant(
            $$"""
            { "name": "a", "workload": "mnist-fulconn2", "workloadOptions": { "trainLimit": 300 }, "batchSize": 100, "iterations": 7, "evaluateAtEpochs": [], "record": "layers",
              "optimizers": [ { "id": "{{optimizer}}", "axis": "lr", "values": [{{value}}] } ], "seeds": [2] }
            """));
        var run = Runs(sweep)[0];
        var recorder = await TrainAsync(sweep, [run]);
        var layers = Whole(recorder);
        Assert.Equal(["fc1.weight", "fc2.weight"], layers.Names);

        var problem = (Problem<float>)sweep.Workload.Prepare(sweep.WorkloadOptions, RepositoryFiles.Datasets);
        var step = problem.Compile(sweep.BatchSize);
        var order = new BatchOrder(problem.TrainingExamples, sweep.BatchSize, 2);
        var state = run.Configuration.Optimizer.Create<float>(run.Configuration.Settings, problem.Parameters);
        var (x, g) = (new float[problem.Parameters.Length], new float[problem.Parameters.Length]);
        step.Initialise(2, x);
        var context = new StepContext<float> { LossAt = _ => 0, BatchSize = sweep.BatchSize, IterationsPerEpoch = order.IterationsPerEpoch, TotalIterations = 7 };
        for (var t = 1; t <= 7; t++)
        {
            var before = x.ToArray();
            var batch = step.Run(order.Examples(t), x, g, t);
            var gradient = g.ToArray();
            (context.Iteration, context.Loss) = (t, batch.Loss);
            var stepsize = state.Step(x, g, context);
            for (var layer = 0; layer < layers.Count; layer++)
            {
                var elements = problem.Parameters.Segments[layer].Range;
                Near(Norm(gradient[elements]), layers.Gradient[(layer * 7) + t - 1]);
                Near(Norm([.. x[elements].Zip(before[elements], (now, then) => (double)now - then)]), layers.Update[(layer * 7) + t - 1]);
                if (optimizer != "rmslip")
                {
                    Assert.Equal((float)stepsize, layers.Stepsize[(layer * 7) + t - 1]);
                }
            }
        }
    }

    /// <summary>f = 0.1 x₁² + 2 x₂² from (−5, −2): gradient (0.2 x₁, 4 x₂), worked out by hand.</summary>
    [Fact]
    public async Task Train_Quadratic_NormsAreThoseOfTheFormula()
    {
        var sweep = SpecificationReader.Parse("""
            { "name": "a", "workload": "quadratic-2d", "iterations": 20, "record": "layers", "optimizers": [ { "id": "sgd-constant", "values": [10] } ], "seeds": [0] }
            """);
        var layers = Whole(await TrainAsync(sweep, Runs(sweep)));
        var (x1, x2) = (-5.0, -2.0);
        for (var t = 0; t < 20; t++)
        {
            var norm = Math.Sqrt((0.04 * x1 * x1) + (16 * x2 * x2));
            Near(norm, layers.Gradient[t]);
            Near(0.1 * norm, layers.Update[t]);
            Assert.Equal(0.1f, layers.Stepsize[t]);
            (x1, x2) = (x1 - (0.1 * 0.2 * x1), x2 - (0.1 * 4 * x2));
        }
    }

    /// <summary>Without momentum AdaLip's update is A_t g, so the stepsize of a layer is the ratio of the norms; layers differ.</summary>
    [Fact]
    public async Task Train_AdaLip_StepsizeOfALayerIsItsOwn()
    {
        var sweep = SpecificationReader.Parse("""
            { "name": "a", "workload": "mnist-fulconn2", "workloadOptions": { "trainLimit": 300 }, "batchSize": 100, "iterations": 6, "evaluateAtEpochs": [], "record": "layers",
              "optimizers": [ { "id": "adalip", "values": [0.1] } ], "seeds": [2] }
            """);
        var recorder = await TrainAsync(sweep, Runs(sweep));
        var layers = Whole(recorder);
        for (var i = 0; i < layers.Stepsize.Length; i++)
        {
            // The update is read from parameters in single precision, which leaves fewer digits of it.
            Assert.Equal(1, layers.Update[i] / layers.Gradient[i] / layers.Stepsize[i], 1e-3);
        }

        Assert.NotEqual(layers.Stepsize[5], layers.Stepsize[11]);
        Assert.InRange(recorder.Stepsizes(0)[5], Math.Min(layers.Stepsize[5], layers.Stepsize[11]), Math.Max(layers.Stepsize[5], layers.Stepsize[11]));
    }

    [Theory]
    [InlineData("""{ "name": "a", "workload": "mnist-fulconn2", "iterations": 2000001, "record": "layers", "optimizers": [ { "id": "adam", "values": [1] } ] }""", "at most 4000000, here 2000000 iterations")]
    [InlineData("""{ "name": "a", "workload": "mnist-fulconn2", "iterations": 2000000, "record": "layers", "seeds": [0,1,2,3,4,5], "optimizers": [ { "id": "adam", "values": [1,2,3,4,5,6,7,8,9] } ] }""", "here of 50 runs")]
    public void Parse_TooManyLayersAndIterations_SaysWhatIsAllowed(string json, string expected)
    {
        var refused = Assert.Throws<Faults.InvalidInputException>(() => SpecificationReader.Parse(json));
        var fault = Assert.Single(refused.Faults);
        Assert.Equal("record", fault.Field);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static void Near(double expected, float actual) => Assert.InRange(actual, expected * (1 - Rounding), expected * (1 + Rounding));

    private static double Norm(float[] values) => Norm([.. values.Select(v => (double)v)]);

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(v => v * v));

    /// <summary>The columns of run 0, over however many segments they came in.</summary>
    private static LayerColumns Whole(MemoryRecorder recorder)
    {
        var parts = recorder.Segments(0).Where(s => s.Count > 0).ToArray();
        var names = parts[0].Layers!.Names;
        return new LayerColumns(names, Join(l => l.Gradient), Join(l => l.Update), Join(l => l.Stepsize));

        float[] Join(Func<LayerColumns, float[]> column) =>
            [.. names.SelectMany((_, layer) => parts.SelectMany(p => column(p.Layers!).AsSpan(layer * p.Count, p.Count).ToArray()))];
    }

    /// <summary>All iterations as rows: what each layer has in each column.</summary>
    private static List<string> Layers(MemoryRecorder recorder, long key) =>
    [
        .. recorder.Segments(key).Where(s => s.Count > 0).SelectMany(s => Enumerable.Range(0, s.Count).Select(row => string.Join(' ',
            Enumerable.Range(0, s.Layers!.Count).Select(layer => (layer * s.Count) + row).Select(at =>
                FormattableString.Invariant($"{s.Layers.Names[at / s.Count]} {s.Layers.Gradient[at]:R} {s.Layers.Update[at]:R} {s.Layers.Stepsize[at]:R}"))))),
    ];

    private static CohortRun[] Runs(SweepSpecification sweep) => [.. sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];

    private static async Task<MemoryRecorder> TrainAsync(
        SweepSpecification sweep, IReadOnlyList<CohortRun> runs, MemoryRecorder? recorder = null, CancellationTokenSource? cancellation = null)
    {
        recorder ??= new MemoryRecorder();
        using var pool = new TrainingPool(1);
        await new CpuExecutor(pool, RepositoryFiles.Datasets, TimeProvider.System)
            .TrainAsync(Cohort.Of(sweep, runs), recorder, cancellation?.Token ?? TestContext.Current.CancellationToken);
        return recorder;
    }
}
