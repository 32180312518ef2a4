using Stepsize.Training.Analysis;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Papers.Statistics;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>Computes our number of a cell from its runs, and the verdict.</summary>
internal static class CellJudge
{
    private const double PercentOfFraction = 100;

    public static CellComparison Judge(
        TableProtocol protocol, CellComparison cell, IReadOnlyList<AxisRuns> axis, RunLength length, IReadOnlyList<ProtocolDifference> differences)
    {
        IReadOnlyList<StoredRun> runs = [.. axis.SelectMany(a => a.Runs)];
        var ours = Estimate(cell.Template, axis, length)?.Times(protocol.Table.Unit == TableUnit.Percent ? PercentOfFraction : 1);
        cell = cell with { Ours = ours, Differences = differences, Runs = runs, Remarks = RunRemarks.Of([.. runs.Select(r => r.Provenance)]) };
        var obstacles = differences.Where(d => d.Disqualifies).ToList();
        return obstacles.Count > 0 ? NotComparable(cell, "protocol differs in " + string.Join("; ", obstacles))
            : ours is null ? NotComparable(cell, "the runs were not measured where the paper's were")
            : cell.Published.Mean is not { } mean ? JudgeWithoutNumber(protocol.Table, cell, ours)
            : ours.Diverged > 0 ? cell with { Verdict = Verdict.Differs, Reason = $"{VerdictReason.Diverged(ours, runs)}, the paper's did not" }
            : double.IsNaN(ours.Value) ? NotComparable(cell, "no number can be made of the runs")
            : protocol.Table.Better == TableOrder.Exact ? JudgeExact(protocol, cell, ours.Value - mean)
            : JudgeInterval(protocol, cell, ours, mean);
    }

    private static CellEstimate? Estimate(CellTemplate template, IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        var ours = template.Statistic.Compute(axis, length);
        return ours is not null && template.Statistic.OfSeeds(axis, length) is { } function
            ? ours.With(StatisticBootstrap.Of(function.Seeds, function.Of, template.PublishedRuns))
            : ours;
    }

    /// <summary>A published mean over diverged runs is no number; nor is ours as soon as one of its runs diverged.</summary>
    private static CellComparison JudgeWithoutNumber(PaperTable table, CellComparison cell, CellEstimate ours) =>
        table.NullMeans != MissingNumber.Diverged ? NotComparable(cell, "the paper reports no number")
        : ours.Diverged > 0 ? cell with { Verdict = Verdict.Agrees, Reason = $"{VerdictReason.Diverged(ours, cell.Runs)}, as the paper's did" }
        : cell with { Verdict = Verdict.Differs, Reason = "the paper's runs diverged, ours did not" };

    private static CellComparison JudgeExact(TableProtocol protocol, CellComparison cell, double difference)
    {
        var agrees = Math.Abs(difference) <= protocol.Rounding;
        return cell with
        {
            Verdict = agrees ? Verdict.Agrees : Verdict.Differs,
            Reason = agrees ? $"equal to the {protocol.Decimals} decimals that are printed" : $"not equal to the {protocol.Decimals} decimals that are printed",
        };
    }

    private static CellComparison JudgeInterval(TableProtocol protocol, CellComparison cell, CellEstimate ours, double mean)
    {
        var interval = cell.Template.Statistic.IsResampled ? OfStatistic(protocol, cell, ours, mean) : OfMean(protocol, cell, ours, mean);
        return interval is null
            ? NotComparable(cell, "one run here and no spread in the paper; two or more seeds give an interval")
            : cell with
            {
                Interval = interval,
                Verdict = interval.ContainsZero ? Verdict.Agrees : Verdict.Differs,
                Reason = VerdictReason.Of(interval.Basis, ours.Seeds, cell.Template.PublishedRuns),
            };
    }

    private static DifferenceInterval? OfMean(TableProtocol protocol, CellComparison cell, CellEstimate ours, double mean) => DifferenceInterval.Of(
        new SampleMean(ours.Value, ours.StandardDeviation, ours.Seeds),
        new SampleMean(mean, cell.Published.StandardDeviation, cell.Template.PublishedRuns),
        protocol.Rounding);

    /// <summary>A spread that the paper prints says more of its own number than ours does.</summary>
    private static DifferenceInterval? OfStatistic(TableProtocol protocol, CellComparison cell, CellEstimate ours, double mean) =>
        ours.Error is not { } error ? null
        : DifferenceInterval.Of(
            ours.Value - mean,
            cell.Published.StandardDeviation is { } s ? error with { Published = s / Math.Sqrt(cell.Template.PublishedRuns) } : error,
            protocol.Rounding);

    private static CellComparison NotComparable(CellComparison cell, string reason) => cell with { Verdict = Verdict.NotComparable, Reason = reason };
}
