using Stepsize.Torch.Optimizers;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Tests.Optimizers;
using TorchSharp;
using Xunit;

namespace Stepsize.Torch.Tests.Optimizers;

public sealed class BatchedOptimizerTests
{
    private const int Steps = 100;

    /// <summary>Relative: rules in the same numbers, summed in another order.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>Of the axis value of each case, so that runs beside each other differ.</summary>
    private static readonly double[] Factors = [1, 0.7, 1.2];

    public static TheoryData<string> Ids => [.. OptimizerRegistry.All.Where(BatchedOptimizers.Has).Select(o => o.Id)];

    [Fact]
    public void Has_EveryOptimizer_ButLineSearch() =>
        Assert.Equal(["gd-linesearch"], OptimizerRegistry.All.Where(o => !BatchedOptimizers.Has(o)).Select(o => o.Id));

    /// <summary>Every axis, and each option changed: iterates and effective stepsizes of a hundred steps.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_EveryOption_HundredStepsAreTheCpuEngines(string id)
    {
        TorchHere.Load();
        foreach (var (i, optimizer) in OptimizerCases.Singles.Where(c => c.Optimizer.Id == id).Index())
        {
            Compare(optimizer, SmoothProblem.All[i % SmoothProblem.All.Count], afterSteps: null);
        }
    }

    /// <summary>A run goes on from its saved state in other company, in another place.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void SaveKeepRestore_HalfWay_GoesOnAsTheCpuEngine(string id)
    {
        TorchHere.Load();
        Compare(OptimizerCases.Defaults.First(c => c.Optimizer.Id == id), SmoothProblem.All[0], afterSteps: Steps / 2);
    }

    /// <param name="afterSteps">When the run in the middle is dropped, and the last one is saved and restored in its place.</param>
    private static void Compare(OptimizerCase optimizer, SmoothProblem problem, int? afterSteps)
    {
        using var scope = torch.NewDisposeScope();
        OptimizerSettings[] settings = [.. Factors.Select(f => optimizer.Settings with { AxisValue = optimizer.Settings.AxisValue * f })];
        var layout = new BatchedLayout(SmoothProblem.Layout);
        using var batched = BatchedOptimizers.Create(new OptimizerRuns(optimizer.Optimizer, settings, layout, torch.ScalarType.Float64, torch.CPU));
        var single = settings.Select(s => optimizer.Optimizer.Create<double>(s, SmoothProblem.Layout)).ToList();
        var expected = settings.Select(_ => (double[])problem.Start.Clone()).ToList();
        var x = Matrix(layout, expected);
        var context = Context();
        for (var t = 1; t <= Steps; t++)
        {
            if (t == afterSteps)
            {
                x = DropTheMiddle(batched, layout, single, expected);
            }

            using var iteration = torch.NewDisposeScope();
            context.Iteration = t;
            double[] losses = [.. expected.Select(run => problem.Loss(run, t))];
            double[][] gradients = [.. expected.Select(run => problem.Gradient(run, t))];
            var stepsizes = Numbers.Download<double>(batched.Step(x, Matrix(layout, gradients), Numbers.Upload(losses, torch.CPU, losses.Length), context));
            var actual = Numbers.Download<double>(x);
            for (var run = 0; run < expected.Count; run++)
            {
                context.Loss = losses[run];
                var stepsize = single[run].Step(expected[run], gradients[run], context);
                AssertClose(stepsize, stepsizes[run], $"{optimizer}, stepsize of run {run} at {t}");
                var row = layout.Gather<double>(actual.AsSpan(run * layout.Width, layout.Width));
                for (var j = 0; j < row.Length; j++)
                {
                    AssertClose(expected[run][j], row[j], $"{optimizer}, {problem}, element {j} of run {run} at {t}");
                }
            }
        }

        Assert.All(layout.Padding, column => Assert.Equal(0.0, x[0, column].item<double>()));
    }

    private static torch.Tensor DropTheMiddle(BatchedOptimizer batched, BatchedLayout layout, List<Optimizer<double>> single, List<double[]> expected)
    {
        var saved = RowBytes.Read([.. batched.State], 0);
        batched.Keep(Numbers.Upload<long>([0, 2], torch.CPU, 2));

        if (saved.Length > 0)
        {
            // Spoilt and mended: what was saved is all that is needed.
            RowBytes.Write(batched.State, 0, saved[2]);
            RowBytes.Write(batched.State, 0, saved[0]);
            RowBytes.Write(batched.State, 1, saved[2]);
        }

        single.RemoveAt(1);
        expected.RemoveAt(1);
        return Matrix(layout, expected);
    }

    private static torch.Tensor Matrix(BatchedLayout layout, IReadOnlyList<double[]> runs)
    {
        var rows = new double[runs.Count * layout.Width];
        for (var i = 0; i < runs.Count; i++)
        {
            layout.Spread<double>(runs[i], rows.AsSpan(i * layout.Width, layout.Width));
        }

        return Numbers.Upload<double>(rows, torch.CPU, runs.Count, layout.Width);
    }

    private static StepContext<double> Context() => new()
    {
        BatchSize = 10,
        IterationsPerEpoch = 3,
        TotalIterations = Steps,
        LossAt = _ => throw new NotSupportedException("Nothing here searches along lines."),
    };

    private static void AssertClose(double expected, double actual, string what) => Assert.True(
        Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual} where {expected} was expected.");
}
