using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;
using Stepsize.Training.Workloads;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Theory;
using Xunit;

namespace Stepsize.Web.Tests.Theory;

/// <summary>Which statements stand beside which runs, with which numbers.</summary>
public sealed class RunTheoryTests
{
    private const string Quadratic = """{ "name": "a", "workload": "quadratic-2d", "iterations": 200, "optimizers": [ { "id": "adagrad-norm", "values": [0.5], "options": { "eta": 2, "granularity": "global" } } ] }""";

    [Fact]
    public async Task Read_AdaGradNormOnAQuadratic_HasTheBoundsAndTheBurnIn()
    {
        // AdaGrad-Norm on 0.1 x₁² + 2 x₂² from (−5, −2), by hand.
        var (x1, x2, b, n) = (-5.0, -2.0, 0.5, 0);
        var (losses, stepsizes) = (new List<float>(), new List<float>());
        for (var t = 1; t <= 200; t++)
        {
            losses.Add((float)((0.1 * x1 * x1) + (2 * x2 * x2)));
            b = Math.Sqrt((b * b) + (0.04 * x1 * x1) + (16 * x2 * x2));
            stepsizes.Add((float)(2 / b));
            n = n == 0 && b > 4 ? t : n;
            (x1, x2) = (x1 - (2 / b * 0.2 * x1), x2 - (2 / b * 4 * x2));
        }

        var theory = await ReadAsync(Quadratic, losses, stepsizes, new EvaluationPoint(200, 200, new Evaluation(0, GradientNorm: 0.01)));
        Assert.Equal(
            ["Ward, Wu and Bottou (2020), theorem 2.2 and lemmas 4.1, 4.2", "Wu, Xie, Du and Ward (2022), lemma 1", "Wu, Xie, Du and Ward (2022), equation 7 and theorem 1",
                "Ioannou, Tagaris and Stafylopatis (2023), lemmas 1 and 6"],
            theory!.Statements.Select(s => s.Source));
        Assert.Contains($"from iteration N = {n} on", theory.Statements[1].Says, StringComparison.Ordinal);
        Assert.All(theory.Statements, s => Assert.NotEmpty(s.Assumes));
        Assert.Equal(["Loss", "Effective stepsize", "Gradient norm"], theory.Figures.Select(f => f.Title));
        Assert.Equal(n, Assert.Single(theory.Figures[0].Marks).X);

        var bound = new AdaGradNormBound(0.5, 2, 4, 10.5);
        var highest = theory.Figures[0].Lines.Single(l => l.Label.StartsWith("highest", StringComparison.Ordinal)).Stretches.SelectMany(s => s);
        Assert.All(highest, p => Assert.Equal(10.5 + bound.LargestRise, p.Y, 1e-9));
        AssertBelow(theory.Figures[0], "linear rate", 1e-5);

        // However far from the curve a bound is, it is drawn.
        var proven = theory.Figures[2].Lines.Single(l => l.Label.StartsWith("bound", StringComparison.Ordinal)).Stretches.SelectMany(s => s).Last();
        Assert.Equal(Math.Sqrt(bound.SquaredGradient(200)), proven.Y, 1e-9);
        Assert.InRange(proven.Y, theory.Figures[2].Y.Low, theory.Figures[2].Y.High);
    }

    [Theory]
    [InlineData("\"global\"", "\"neuron\"")]
    [InlineData("\"adagrad-norm\", \"values\": [0.5], \"options\": { \"eta\": 2, \"granularity\": \"global\" }", "\"adam\", \"values\": [0.5]")]
    [InlineData("\"quadratic-2d\", \"iterations\"", "\"linreg-stochastic\", \"workloadOptions\": { \"rows\": 40, \"columns\": 60 }, \"batchSize\": 20, \"iterations\"")]
    [InlineData("\"quadratic-2d\"", "\"mnist-logreg\"")]
    public async Task Read_AssumptionsThatDoNotHold_SaysNothing(string part, string other)
    {
        float[] ones = [.. Enumerable.Repeat(1f, 200)];
        Assert.Null(await ReadAsync(Quadratic.Replace(part, other, StringComparison.Ordinal), ones, ones));
    }

    [Fact]
    public async Task Read_TwoLayerNetwork_SpeaksOfInfiniteWidthAndOfNoBound()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 50)];
        var theory = await ReadAsync(
            """{ "name": "a", "workload": "two-layer-relu", "workloadOptions": { "points": 10, "dimension": 20, "width": 30 }, "batchSize": 10, "iterations": 50, "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""",
            ones, ones);
        var statement = Assert.Single(theory!.Statements);
        Assert.Contains("theorem 2", statement.Source, StringComparison.Ordinal);
        Assert.Contains("no bound for a finite width", statement.Says, StringComparison.Ordinal);
    }

    /// <summary>The recorded line, wherever it is drawn, is not above the other.</summary>
    private static void AssertBelow(LineFigure figure, string label, double tolerance)
    {
        var bound = figure.Lines.Single(l => l.Label.StartsWith(label, StringComparison.Ordinal)).Stretches.SelectMany(s => s).ToDictionary(p => p.X, p => p.Y);
        var compared = figure.Lines[0].Stretches.SelectMany(s => s).Where(p => bound.ContainsKey(p.X)).ToArray();
        Assert.NotEmpty(compared);
        Assert.All(compared, p => Assert.True(p.Y <= bound[p.X] * (1 + tolerance), $"{p.X}: {p.Y} above {bound[p.X]}"));
    }

    private static async Task<RunTheory?> ReadAsync(string json, IReadOnlyList<float> losses, IReadOnlyList<float> stepsizes, params EvaluationPoint[] evaluations)
    {
        var sweep = SpecificationReader.Parse(json);
        var configuration = sweep.Expand().First();
        var run = new RunRow
        {
            Id = 1, Row = 0, AxisValue = configuration.AxisValue, Seed = configuration.Seed, ConfigurationHash = configuration.Hash, Status = RunStatus.Finished,
            Iterations = losses.Count, IterationsPlanned = losses.Count, Seconds = 1, Evaluations = evaluations, Outcome = RunOutcome.Finished,
        };
        var reader = new RunTheoryReader(Training.Datasets.DatasetFolders.Standard(), new RecordedColumns(losses, stepsizes));
        return await reader.ReadAsync(sweep, run, TestContext.Current.CancellationToken);
    }

    private sealed class RecordedColumns(IReadOnlyList<float> losses, IReadOnlyList<float> stepsizes) : Data.Metrics.IColumnReader
    {
        public async IAsyncEnumerable<Data.Metrics.StoredColumn> ReadAsync(
            IReadOnlyList<long> runIds, Data.Metrics.MetricColumn column, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            yield return new Data.Metrics.StoredColumn(runIds[0], [.. column == Data.Metrics.MetricColumn.Loss ? losses : stepsizes]);
        }

        public IAsyncEnumerable<Data.Metrics.StoredColumn> ReadAsync(IReadOnlyList<long> runIds, Data.Metrics.MetricColumn column, int first, int last, CancellationToken cancellation) =>
            throw new NotSupportedException("Theory reads whole runs.");
    }
}
