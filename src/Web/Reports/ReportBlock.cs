using System.Text.Json.Serialization;
using Stepsize.Data.Metrics;

namespace Stepsize.Web.Reports;

/// <summary>What a block shows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BlockKind>))]
public enum BlockKind
{
    /// <summary><see cref="ReportBlock.Markdown"/>.</summary>
    Text,

    /// <summary>The heatmap of <see cref="ReportBlock.Sweep"/>.</summary>
    Heatmap,

    /// <summary>How robust the optimizers of <see cref="ReportBlock.Sweep"/> are.</summary>
    Summary,

    /// <summary>Width against tolerance for the optimizers of <see cref="ReportBlock.Sweep"/>.</summary>
    Profile,

    /// <summary>The measure of <see cref="ReportBlock.Sweep"/> against its axis.</summary>
    Curves,

    /// <summary>A per-iteration column of <see cref="ReportBlock.Runs"/>.</summary>
    Iterations,

    /// <summary>The published <see cref="ReportBlock.Table"/> beside ours.</summary>
    Paper,

    /// <summary>Differences between what <see cref="ReportBlock.Comparison"/> compares.</summary>
    Differences,

    /// <summary>The tuning budget of what <see cref="ReportBlock.Comparison"/> compares.</summary>
    Budget,
}

/// <summary>One block of a report's draft: what to show, not what is shown. Each kind reads the properties it needs.</summary>
public sealed record ReportBlock
{
    /// <summary>Tells blocks of a report apart, wherever they are moved.</summary>
    public required int Id { get; init; }

    public required BlockKind Kind { get; init; }

    public string Markdown { get; init; } = "";

    /// <summary>A sentence below a figure, without markup.</summary>
    public string Caption { get; init; } = "";

    public long? Sweep { get; init; }

    /// <summary>The measure's slug; null for the sweep's first.</summary>
    public string? Measure { get; init; }

    /// <summary>The moment's slug; null for the end.</summary>
    public string? At { get; init; }

    /// <summary>The statistic's slug; null for the evaluation at the moment.</summary>
    public string? Stat { get; init; }

    /// <summary>The tolerance's slug; null for the measure's default.</summary>
    public string? Tolerance { get; init; }

    /// <summary><c>b0</c> or <c>lr</c>; null for the sweep's first.</summary>
    public string? Axis { get; init; }

    /// <summary>Id of a published table.</summary>
    public string? Table { get; init; }

    /// <summary>Runs by number, such as <c>12, 20-25</c>, or the address of a page of curves.</summary>
    public string Runs { get; init; } = "";

    public MetricColumn Column { get; init; }

    public bool LogarithmicX { get; init; }

    public bool LogarithmicY { get; init; }

    /// <summary>An address of the comparison's page, or its query.</summary>
    public string Comparison { get; init; } = "";
}
