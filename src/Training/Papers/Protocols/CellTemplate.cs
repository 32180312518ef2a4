using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Papers.Statistics;

namespace Stepsize.Training.Papers.Protocols;

/// <summary>The runs behind one published cell, by the names of the registries, and how they become its number.</summary>
public sealed record CellTemplate
{
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

    /// <summary>Runs of the paper, each with another initialisation: as many seeds are launched.</summary>
    public int Runs { get; init; } = 1;

    public CellStatistic Statistic { get; init; } = new AtTheEnd(CellMeasure.TestAccuracy);
}
