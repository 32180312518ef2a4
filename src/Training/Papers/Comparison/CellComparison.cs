using Stepsize.Training.Analysis;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Papers.Statistics;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>A published cell beside ours, in the table's unit.</summary>
public sealed record CellComparison
{
    public required PublishedCell Published { get; init; }

    public required CellTemplate Template { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Why the verdict is what it is, as the end of a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Ours; null where there is nothing to compute it from.</summary>
    public CellEstimate? Ours { get; init; }

    /// <summary>Ours minus published; null where one of the two has no number.</summary>
    public double? Difference => Ours is { } ours && double.IsFinite(ours.Value) && Published.Mean is { } mean ? ours.Value - mean : null;

    /// <summary>The interval that the verdict rests on; null where it rests on none.</summary>
    public DifferenceInterval? Interval { get; init; }

    /// <summary>In what our runs are not the paper's.</summary>
    public IReadOnlyList<ProtocolDifference> Differences { get; init; } = [];

    /// <summary>What else must be said of our runs: mixed engines or data, an earlier engine. Texts that can stand in a list.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Runs behind our number.</summary>
    public IReadOnlyList<StoredRun> Runs { get; init; } = [];

    /// <summary>Sweeps that they belong to, newest first.</summary>
    public IReadOnlyList<long> Sweeps => [.. Runs.Select(r => r.SweepId).Distinct().OrderDescending()];
}
