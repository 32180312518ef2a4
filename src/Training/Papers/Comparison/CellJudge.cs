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
        var ours = cell.Template.Statistic.Compute(axis, length)?.Times(protocol.Table.Unit == TableUnit.Percent ? PercentOfFraction : 1);
        cell = cell with { Ours = ours, Differences = differences, Runs = [.. axis.SelectMany(a => a.Runs)] };
        var obstacles = differences.Where(d => d.Disqualifies).ToList();
        return obstacles.Count > 0 ? NotComparable(cell, "protocol differs in " + string.Join("; ", obstacles))
            : ours is null ? NotComparable(cell, "the runs were not measured where the paper's were")
            : cell.Published.Mean is not { } mean ? JudgeWithoutNumber(protocol.Table, cell, ours)
            : ours.Diverged > 0 ? cell with { Verdict = Verdict.Differs, Reason = $"{Diverged(ours)}, the paper's did not" }
            : double.IsNaN(ours.Value) ? NotComparable(cell, "no number can be made of the runs")
            : protocol.Table.Better == TableOrder.Exact ? JudgeExact(protocol, cell, ours.Value - mean)
            : JudgeInterval(protocol, cell, ours, mean);
    }

    /// <summary>A published mean over diverged runs is no number; nor is ours as soon as one of its runs diverged.</summary>
    private static CellComparison JudgeWithoutNumber(PaperTable table, CellComparison cell, CellEstimate ours) =>
        table.NullMeans != MissingNumber.Diverged ? NotComparable(cell, "the paper reports no number")
        : ours.Diverged > 0 ? cell with { Verdict = Verdict.Agrees, Reason = $"{Diverged(ours)}, as the paper's did" }
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
        var interval = DifferenceInterval.Of(
            new SampleMean(ours.Value, ours.StandardDeviation, ours.Seeds),
            new SampleMean(mean, cell.Published.StandardDeviation, cell.Published.StandardDeviation is null ? 1 : cell.Template.Runs),
            protocol.Rounding);
        return interval is null
            ? NotComparable(cell, "one run here and no spread in the paper; two or more seeds give an interval")
            : cell with { Interval = interval, Verdict = interval.ContainsZero ? Verdict.Agrees : Verdict.Differs, Reason = Basis(interval.Basis) };
    }

    private static string Basis(IntervalBasis basis) => basis switch
    {
        IntervalBasis.BothSpreads => "by the 95% interval of the difference, from both spreads",
        IntervalBasis.OurSpread => "by the 95% interval of the difference, from the spread over seeds here; the paper gives none",
        _ => "by the 95% interval of the difference, from the paper's spread; there is one run here",
    };

    private static CellComparison NotComparable(CellComparison cell, string reason) => cell with { Verdict = Verdict.NotComparable, Reason = reason };

    private static string Diverged(CellEstimate ours) => $"{ours.Diverged} of {ours.Seeds + ours.Diverged} runs diverged";
}
