using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Papers.Statistics;

namespace Stepsize.Training.Papers.Protocols;

/// <summary>The runs behind one published cell, by the names of the registries, and how they become its number.</summary>
public sealed record CellTemplate
{
    private readonly int? _publishedRuns;

    /// <summary>Why nothing can be trained for the cell; null where it can. The other fields then may be empty.</summary>
    public string? NotReproducible { get; init; }

    public string Workload { get; init; } = "";

    public JsonObject WorkloadOptions { get; init; } = [];

    public string Optimizer { get; init; } = "";

    public RobustnessAxis Axis { get; init; }

    public JsonObject OptimizerOptions { get; init; } = [];

    /// <summary>Values of the axis: one, or the whole grid where the number is over the axis.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>Null for the workload's own.</summary>
    public int? BatchSize { get; init; }

    public RunLength Length { get; init; }

    /// <summary>Seeds that are launched, each another initialisation: as many as the paper's runs, or more where it has one.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Runs behind the paper's number: what its sampling error is taken by. As many as are launched unless said otherwise.</summary>
    public int PublishedRuns { get => _publishedRuns ?? Runs; init => _publishedRuns = value; }

    public CellStatistic Statistic { get; init; } = new AtTheEnd(CellMeasure.TestAccuracy);
}
