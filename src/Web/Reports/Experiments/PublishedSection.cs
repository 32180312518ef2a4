using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>A published table with ours in it, the verdicts, and in what the runs are not the paper's.</summary>
internal static class PublishedSection
{
    public static bool IsRun(TableComparison table) => table.Cells.Any(r => r.Any(c => c.Ours is not null));

    public static void Write(MarkdownWriter text, TableComparison comparison)
    {
        var table = comparison.Table;
        var cells = comparison.Cells.SelectMany(r => r).ToList();
        text.Heading(3, $"{table.Label}: {table.Title}")
            .Paragraph($"{table.Metric}{(table.Unit == TableUnit.Percent ? ", %" : "")}. In each cell as published, then here ± 95% interval over seeds, with the verdict.")
            .Table(
                [table.RowAxis, .. table.Columns],
                table.Rows.Select((row, r) => (IReadOnlyList<string>)[row, .. comparison.Cells[r].Select(c => Cell(comparison, c))]))
            .List(Counted(cells.Where(c => c.Ours is not null).Select(c => $"*{VerdictText.Of(c.Verdict)}*: {c.Reason}")))
            .List(Counted(cells.SelectMany(c => c.Differences).Select(d => $"*Differs from the paper:* {d}")))
            .List(Counted(cells.SelectMany(c => c.Remarks)))
            .List(comparison.Protocol.Departures.Select(d => $"*Taken on beside the paper's words:* {d}"));
    }

    private static string Cell(TableComparison comparison, CellComparison cell)
    {
        var protocol = comparison.Protocol;
        var published = PaperNumber.Published(protocol, cell.Published) + Spread(cell.Published.StandardDeviation);
        return cell.Ours is not { } ours
            ? $"{published}; {VerdictText.Of(cell.Verdict)}"
            : $"{published}; here {PaperNumber.Ours(protocol, ours.Value)}{Spread(ours.HalfWidth)}, *{VerdictText.Of(cell.Verdict)}*";

        string Spread(double? width) => width is { } w ? $" ± {PaperNumber.Spread(protocol, w)}" : "";
    }

    private static IEnumerable<string> Counted(IEnumerable<string> texts) =>
        texts.GroupBy(t => t).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} ({g.Count()} {(g.Count() == 1 ? "cell" : "cells")})");
}
