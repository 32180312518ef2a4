using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Sweeps;

/// <summary>Everything that determines what one run computes. Two runs of equal configuration are the same run, wherever they were asked for.</summary>
public sealed record RunConfiguration
{
    private readonly Lazy<string> _hash;

    public RunConfiguration() => _hash = new Lazy<string>(ComputeHash);

    public required Workload Workload { get; init; }

    public required OptionSet WorkloadOptions { get; init; }

    public required OptimizerDefinition Optimizer { get; init; }

    public required RobustnessAxis Axis { get; init; }

    public required double AxisValue { get; init; }

    public required OptionSet OptimizerOptions { get; init; }

    public required int Seed { get; init; }

    public required int BatchSize { get; init; }

    public int? Epochs { get; init; }

    public int? Iterations { get; init; }

    /// <summary>The first 128 bits, in hexadecimal, of the SHA-256 of <see cref="ToJson"/>.</summary>
    public string Hash => _hash.Value;

    public OptimizerSettings Settings => new(Axis, AxisValue, OptimizerOptions);

    /// <summary>The canonical form: fixed order of fields, options whose values are not implied with sorted names.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["workload"] = Workload.Id,
            ["workloadOptions"] = WorkloadOptions.ToJsonWithoutImplied(Workload.Options),
            ["optimizer"] = Optimizer.Id,
            ["axis"] = RobustnessAxisName.Of(Axis),
            ["value"] = AxisValue,
            ["options"] = OptimizerOptions.ToJsonWithoutImplied(Optimizer.Options),
            ["seed"] = Seed,
            ["batchSize"] = BatchSize,
        };
        if (Epochs is { } epochs)
        {
            json["epochs"] = epochs;
        }

        if (Iterations is { } iterations)
        {
            json["iterations"] = iterations;
        }

        return json;
    }

    private string ComputeHash() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson().ToJsonString())).AsSpan(0, 16));
}
