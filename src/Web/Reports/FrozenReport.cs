using Stepsize.Web.Figures.Tables;

namespace Stepsize.Web.Reports;

/// <summary>A report as it was published: with everything it shows, and nothing that has to be looked up.</summary>
public sealed record FrozenReport(string Title, IReadOnlyList<FrozenBlock> Blocks);

/// <summary>A block with its content.</summary>
public sealed record FrozenBlock
{
    /// <summary>What was asked for: from it the content can be made again, to see whether it has changed.</summary>
    public required ReportBlock Block { get; init; }

    /// <summary>The drawing; null for text.</summary>
    public string? Svg { get; init; }

    /// <summary>What the drawing shows, as a table; null for text.</summary>
    public DataTable? Table { get; init; }

    /// <summary>Where the content is from, such as <c>sweep 3, Quickstart</c>; empty for text.</summary>
    public string Source { get; init; } = "";

    /// <summary>Hash of the results that the content was computed from; null for text.</summary>
    public string? SourceHash { get; init; }
}
