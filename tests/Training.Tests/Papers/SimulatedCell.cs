using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Papers.Statistics;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Tests.Papers;

/// <summary>Judges a cell of a table whose published number and whose runs are drawn: what a reader sees, without training.</summary>
internal static class SimulatedCell
{
    private static readonly TableProtocol Means = TestTables.AtTheEnd((1, new PublishedCell(0, null)));
    private static readonly StoredRun Run = StoredRuns.Of(StoredRuns.Sweep([1], [0], 2, everyEpoch: false), (_, _) => new Evaluation(0))[0];

    /// <summary>Test accuracies at the end, in percent, against a printed mean with two decimals.</summary>
    /// <param name="publishedRuns">m.</param>
    /// <param name="printsSpread">Whether the deviation is printed too.</param>
    public static CellComparison OfMeans(double[] ours, double[] published, bool printsSpread)
    {
        var sample = SampleMean.Of(published);
        var cell = new PublishedCell(Math.Round(sample.Mean, 2), printsSpread ? Math.Round(sample.StandardDeviation!.Value, 2) : null);
        var template = Means.Templates[0][0] with { Runs = published.Length };
        var length = template.Length;
        AxisRuns axis = new(1, [.. ours.Select(a => Run with { Evaluations = [new EvaluationPoint(200, 2, new Evaluation(0, TestAccuracy: a / 100))] })]);
        return CellJudge.Judge(Means, Comparison(cell, template), [axis], length, []);
    }

    /// <summary>Training accuracies by axis value and epoch, of each seed, against the printed statistic of as many of the paper.</summary>
    /// <param name="ours">By seed, then by axis value, then by epoch.</param>
    public static CellComparison OverAxis(TableProtocol protocol, double[][][] ours, double[][][] published)
    {
        var template = protocol.Templates[0][0] with { Runs = published.Length };
        var printed = template.Statistic.Compute(Axis(published, template), template.Length);
        var cell = new PublishedCell(Math.Round(printed!.Value, protocol.Decimals), null);
        return CellJudge.Judge(protocol, Comparison(cell, template), Axis(ours, template), template.Length, []);
    }

    private static List<AxisRuns> Axis(double[][][] seeds, CellTemplate template) =>
    [
        .. template.Values.Select((value, i) => new AxisRuns(value, [
            .. seeds.Select((bySeed, seed) => At(value, seed, [.. bySeed[i].Select((a, e) => (e + 1, new Evaluation(0, TrainAccuracy: a)))])),
        ])),
    ];

    private static StoredRun At(double value, int seed, (int Epoch, Evaluation Evaluation)[] measured) => Run with
    {
        Configuration = Run.Configuration with { AxisValue = value, Seed = seed },
        Evaluations = [.. measured.Select(m => new EvaluationPoint(m.Epoch * 100, m.Epoch, m.Evaluation))],
    };

    private static CellComparison Comparison(PublishedCell cell, CellTemplate template) =>
        new() { Published = cell, Template = template, Verdict = Verdict.NotRun, Reason = "" };
}
