using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests.Execution;
using Stepsize.Training.Theory;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Theory;

/// <summary>Bounds beside what runs of a quadratic really do, where both sides are known.</summary>
public sealed class QuadraticBoundTests
{
    /// <summary>The theorem's two cases worked out by hand: L = 4, η = 1, Δ = 3.</summary>
    [Theory]
    [InlineData(5.0, 36 + 30.0, 5 + 6.0, 0.0)]
    [InlineData(4.0, 36 + 24.0, 4 + 6.0, 0.0)]
    [InlineData(1.0, 544.1645, 25.0904, 7.5452)]
    public void AdaGradNormBound_KnownNumbers_AreThoseOfTheTheorem(double b0, double constant, double largestB, double rise)
    {
        var bound = new AdaGradNormBound(b0, eta: 1, smoothness: 4, gap: 3);
        Assert.Equal(constant, bound.Constant, 1e-3);
        Assert.Equal(largestB, bound.LargestB, 1e-3);
        Assert.Equal(rise, bound.LargestRise, 1e-3);
        Assert.Equal(constant / 10, bound.SquaredGradient(11), 1e-4);
    }

    [Theory]
    [InlineData(0.001, 1)]
    [InlineData(0.1, 1)]
    [InlineData(1, 1)]
    [InlineData(3.999, 1)]
    [InlineData(50, 1)]
    [InlineData(0.01, 30)]
    [InlineData(0.5, 0.01)]
    public void AdaGradNormBound_GradientDescentOnAQuadratic_Holds(double b0, double eta)
    {
        double[] curvatures = [0.2, 4];
        double[] x = [-5, -2];
        double Loss() => ((curvatures[0] * x[0] * x[0]) + (curvatures[1] * x[1] * x[1])) / 2;
        var start = Loss();
        var bound = new AdaGradNormBound(b0, eta, 4, start);
        var (b, smallest) = (b0, double.PositiveInfinity);
        for (var n = 1; n <= 3000; n++)
        {
            double[] g = [curvatures[0] * x[0], curvatures[1] * x[1]];
            var squared = (g[0] * g[0]) + (g[1] * g[1]);
            smallest = Math.Min(smallest, squared);
            Assert.True(smallest <= bound.SquaredGradient(n), $"{n}: {smallest} above {bound.SquaredGradient(n)}");
            Assert.InRange(Loss(), 0, (start + bound.LargestRise) * (1 + 1e-12));
            b = Math.Sqrt((b * b) + squared);
            Assert.InRange(b, 0, bound.LargestB * (1 + 1e-12));
            x = [x[0] - (eta / b * g[0]), x[1] - (eta / b * g[1])];
        }
    }

    /// <summary>The burn-in of AdaGrad-Norm against its bound, over many starts drawn once.</summary>
    [Fact]
    public void BurnInBound_ManyStarts_IsNeverShorterThanTheBurnIn()
    {
        var random = new Random(5);
        var tight = 0;
        for (var trial = 0; trial < 3000; trial++)
        {
            var (largest, smaller) = (Math.Pow(10, (4 * random.NextDouble()) - 2), random.NextDouble());
            var eta = Math.Pow(10, (4 * random.NextDouble()) - 2);
            var b0 = eta * largest / 2 * random.NextDouble();
            double[] error = [eta * Math.Pow(10, (4 * random.NextDouble()) - 3), eta * random.NextDouble()];
            double[] curvature = [largest, largest * smaller];
            var bound = BurnIn.AdaGradNormBound(b0, eta, new QuadraticSpectrum(largest, largest * smaller, error[0] * error[0], true));
            var (b, n) = (b0, 0);
            while (b <= eta * largest / 2)
            {
                double[] g = [curvature[0] * error[0], curvature[1] * error[1]];
                b = Math.Sqrt((b * b) + (g[0] * g[0]) + (g[1] * g[1]));
                error = [error[0] - (eta / b * g[0]), error[1] - (eta / b * g[1])];
                n++;
            }

            Assert.True(n <= bound, $"{n} iterations, bound {bound}: η {eta}, λ {largest}, b₀ {b0}");
            tight += bound < n + 2 ? 1 : 0;
        }

        // A bound that were far too large would hold as well.
        Assert.True(tight > 1000, $"{tight} of 3000");
    }

    [Fact]
    public void BurnIn_AboveTheThresholdOrWithoutError_IsNothingOrForever()
    {
        Assert.Equal(0, BurnIn.AdaGradNormBound(2, 1, new QuadraticSpectrum(4, 0.2, 4, true)));
        Assert.Equal(double.PositiveInfinity, BurnIn.AdaGradNormBound(1, 1, new QuadraticSpectrum(4, 0.2, 0, true)));
        Assert.Equal(3, BurnIn.FirstBelow([3, 2, 1, 4], 2));
        Assert.Null(BurnIn.FirstBelow([3, 2], 2));
    }

    /// <summary>Along a single eigenvector the bound is the loss itself, and with all it is never below it.</summary>
    [Fact]
    public void LinearRate_OneEigenvectorOrTwo_IsTheLossOrAboveIt()
    {
        var random = new Random(1);
        float[] stepsizes = [.. Enumerable.Range(0, 60).Select(_ => (float)(0.6 * random.NextDouble()))];
        double[] curvature = [0.2, 4];
        foreach (var start in new double[][] { [3, 0], [3, 1], [0.1, 5] })
        {
            var x = start;
            double Loss() => ((curvature[0] * x[0] * x[0]) + (curvature[1] * x[1] * x[1])) / 2;
            var bounds = LinearRate.Bounds(stepsizes, 0.2, 4, Loss());
            var alone = LinearRate.Bounds(stepsizes, 0.2, 0.2, Loss());
            for (var t = 0; t < stepsizes.Length; t++)
            {
                Assert.True(Loss() <= bounds[t] * (1 + 1e-9), $"{t}");
                if (start[1] == 0)
                {
                    Assert.Equal(1, Loss() / alone[t], 1e-9);
                }

                x = [x[0] * (1 - (stepsizes[t] * 0.2)), x[1] * (1 - (stepsizes[t] * 4))];
            }
        }
    }

    [Fact]
    public void Spectrum_Quadratic_IsThatOfTheFormula()
    {
        var sweep = SpecificationReader.Parse("""{ "name": "a", "workload": "quadratic-2d", "optimizers": [ { "id": "adagrad-norm", "values": [1] } ] }""");
        var problem = sweep.Workload.Prepare(sweep.WorkloadOptions, new DatasetFolders([]));
        Assert.Equal(new QuadraticSpectrum(4, 0.2, 4, true), problem.Spectrum(0));
    }

    /// <summary>Recorded runs of full-batch least squares, narrow and wide, against every line that is drawn beside them.</summary>
    [Theory]
    [InlineData(60, 40)]
    [InlineData(40, 60)]
    public async Task RecordedRuns_LeastSquares_KeepEveryBound(int rows, int columns)
    {
        var sweep = SpecificationReader.Parse(
            $$"""
            { "name": "a", "workload": "linreg-batch", "workloadOptions": { "rows": {{rows}}, "columns": {{columns}} }, "batchSize": {{rows}}, "iterations": 400,
              "optimizers": [ { "id": "adagrad-norm", "values": [0.01, 1, 30], "options": { "eta": 5, "granularity": "global" } } ], "seeds": [4] }
            """);
        var problem = sweep.Workload.Prepare(sweep.WorkloadOptions, new DatasetFolders([]));
        var spectrum = problem.Spectrum(4)!;
        Assert.Equal(1, spectrum.Largest / problem.Smoothness!.Value, 1e-4);
        CohortRun[] runs = [.. sweep.Expand().Select((c, i) => new CohortRun(i, c))];
        var recorder = new MemoryRecorder();
        using var pool = new TrainingPool(1);
        await new CpuExecutor(pool, new DatasetFolders([]), TimeProvider.System).TrainAsync(Cohort.Of(sweep, runs), recorder, TestContext.Current.CancellationToken);
        foreach (var run in runs)
        {
            var (losses, stepsizes) = (recorder.Losses(run.Key), recorder.Stepsizes(run.Key));
            var b0 = run.Configuration.AxisValue;
            var bound = new AdaGradNormBound(b0, 5, spectrum.Largest, losses[0]);
            var rates = LinearRate.Bounds(stepsizes, spectrum.SmallestPositive, spectrum.Largest, losses[0]);
            for (var t = 0; t < losses.Length; t++)
            {
                Assert.InRange(losses[t], 0, (losses[0] + bound.LargestRise) * (1 + 1e-5));
                Assert.True(stepsizes[t] >= bound.SmallestStepsize * (1 - 1e-5));
                Assert.True(losses[t] <= (rates[t] * (1 + 1e-3)) + (1e-11 * losses[0]), $"{t}: {losses[t]} above {rates[t]}");
            }

            var norm = recorder.Evaluations(run.Key)[^1].Evaluation.GradientNorm;
            Assert.True(norm * norm <= bound.SquaredGradient(400));
            var first = BurnIn.FirstBelow(stepsizes, 2 / spectrum.Largest);
            Assert.NotNull(first);
            if (2 * b0 < 5 * spectrum.Largest)
            {
                Assert.InRange(first!.Value, 1, BurnIn.AdaGradNormBound(b0, 5, spectrum));
            }
        }
    }

    [Fact]
    public void AdaLipBounds_RecordedNorms_AreThoseOfTheLemma()
    {
        var bounds = AdaLipBounds.Of([2, 0.5f, 4], gamma: 0.8, c: 1);
        Assert.Equal(new AdaLipBounds(0.5 * (1 - 0.8) / 9, 5), bounds);
        Assert.Null(AdaLipBounds.Of([2, 0, 4], 0.8, 1));
        Assert.Null(AdaLipBounds.Of([], 0.8, 1));
    }

    [Fact]
    public async Task AdaLipBounds_RecordedRun_HoldForEveryLayer()
    {
        var sweep = SpecificationReader.Parse("""
            { "name": "a", "workload": "mnist-fulconn2", "workloadOptions": { "trainLimit": 300 }, "batchSize": 100, "iterations": 60, "evaluateAtEpochs": [], "record": "layers",
              "optimizers": [ { "id": "adalip", "values": [0.1], "options": { "c_constant": 0.01 } } ], "seeds": [2] }
            """);
        CohortRun[] runs = [.. sweep.Expand().Select((c, i) => new CohortRun(i, c))];
        var recorder = new MemoryRecorder();
        using var pool = new TrainingPool(1);
        await new CpuExecutor(pool, RepositoryFiles.Datasets, TimeProvider.System).TrainAsync(Cohort.Of(sweep, runs), recorder, TestContext.Current.CancellationToken);
        for (var layer = 0; layer < 2; layer++)
        {
            var parts = recorder.Segments(0).Where(s => s.Count > 0).ToArray();
            float[] gradients = [.. parts.SelectMany(s => s.Layers!.Gradient[(layer * s.Count)..((layer + 1) * s.Count)])];
            float[] rates = [.. parts.SelectMany(s => s.Layers!.Stepsize[(layer * s.Count)..((layer + 1) * s.Count)])];
            var bounds = AdaLipBounds.Of(gradients, 0.8, 0.01)!;
            Assert.All(rates, rate => Assert.InRange(rate, 0.1 * bounds.Low, 0.1 * bounds.High));
        }
    }
}
