using Stepsize.Data.Metrics;

namespace Stepsize.Web.Reports;

/// <summary>Kinds of blocks in words, and what a new one begins with.</summary>
public static class BlockText
{
    public static IReadOnlyList<BlockKind> All { get; } = Enum.GetValues<BlockKind>();

    public static string Title(BlockKind kind) => kind switch
    {
        BlockKind.Text => "Text",
        BlockKind.Heatmap => "Heatmap",
        BlockKind.Summary => "Robustness summary",
        BlockKind.Profile => "Width against tolerance",
        BlockKind.Curves => "Robustness curves",
        BlockKind.Iterations => "Curves by iteration",
        BlockKind.Paper => "Published table",
        BlockKind.Differences => "Differences",
        _ => "Tuning budget",
    };

    /// <param name="sweeps">Sweeps that there are, newest first.</param>
    /// <param name="table">Id of a published table.</param>
    public static ReportBlock New(int id, BlockKind kind, IReadOnlyList<long> sweeps, string table) => kind switch
    {
        BlockKind.Text => new ReportBlock { Id = id, Kind = kind, Markdown = "" },
        BlockKind.Heatmap or BlockKind.Summary or BlockKind.Profile or BlockKind.Curves => new ReportBlock { Id = id, Kind = kind, Sweep = sweeps.Count > 0 ? sweeps[0] : null },
        BlockKind.Iterations => new ReportBlock { Id = id, Kind = kind, Column = MetricColumn.Loss, LogarithmicY = true },
        BlockKind.Paper => new ReportBlock { Id = id, Kind = kind, Table = table },
        _ => new ReportBlock { Id = id, Kind = kind, Comparison = sweeps.Count == 0 ? "" : "sweeps=" + string.Join('.', sweeps.Take(2).Order()) },
    };

    /// <summary>A report of one sweep: what was asked, its heatmap, how robust its optimizers are, and their curves.</summary>
    public static IReadOnlyList<ReportBlock> OfSweep(long sweepId) =>
    [
        new ReportBlock { Id = 1, Kind = BlockKind.Text, Markdown = "## Question\n\nHow much does the result depend on the initial stepsize?\n" },
        new ReportBlock { Id = 2, Kind = BlockKind.Heatmap, Sweep = sweepId },
        new ReportBlock { Id = 3, Kind = BlockKind.Summary, Sweep = sweepId },
        new ReportBlock { Id = 4, Kind = BlockKind.Curves, Sweep = sweepId },
    ];
}
