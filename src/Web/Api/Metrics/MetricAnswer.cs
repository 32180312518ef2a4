using System.Text.Json.Serialization;
using Stepsize.Data.Metrics;

namespace Stepsize.Web.Api.Metrics;

/// <summary>
/// A window of a run's per-iteration columns. What is not finite is "NaN", "Infinity" or "-Infinity".
/// </summary>
public sealed record MetricAnswer
{
    /// <summary>The run.</summary>
    public required long Run { get; init; }

    /// <summary>Iterations stored of the run.</summary>
    public required int Total { get; init; }

    /// <summary>Whether every iteration of the window is a point of its own; else each point is a stretch.</summary>
    public required bool IsRaw { get; init; }

    /// <summary>The iteration of each point; of a stretch, its middle.</summary>
    public required IReadOnlyList<int> Iterations { get; init; }

    /// <summary>Loss over the mini-batch.</summary>
    public required ColumnAnswer Loss { get; init; }

    /// <summary>Accuracy over the mini-batch, in [0, 1]; null for workloads without.</summary>
    public required ColumnAnswer? Accuracy { get; init; }

    /// <summary>Effective stepsize.</summary>
    public required ColumnAnswer Stepsize { get; init; }

    internal static MetricAnswer Of(long run, Curve loss, Curve? accuracy, Curve stepsize) => new()
    {
        Run = run,
        Total = loss.Total,
        IsRaw = loss.IsRaw,
        Iterations = loss.Iterations,
        Loss = ColumnAnswer.Of(loss),
        Accuracy = accuracy is null ? null : ColumnAnswer.Of(accuracy),
        Stepsize = ColumnAnswer.Of(stepsize),
    };
}

/// <summary>One column: values where the window is raw, else the smallest and largest of each stretch.</summary>
public sealed record ColumnAnswer
{
    /// <summary>First iteration of the whole run whose value is NaN or infinite; null where there is none.</summary>
    public required int? FirstNonFinite { get; init; }

    /// <summary>The value at each iteration; left out where points are stretches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<float>? Values { get; init; }

    /// <summary>The smallest value of each stretch; left out where points are iterations.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<float>? Minimum { get; init; }

    /// <summary>The largest value of each stretch, NaN where it holds one; left out where points are iterations.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<float>? Maximum { get; init; }

    internal static ColumnAnswer Of(Curve curve) => curve.IsRaw
        ? new ColumnAnswer { FirstNonFinite = curve.FirstNonFinite, Values = curve.Minimum }
        : new ColumnAnswer { FirstNonFinite = curve.FirstNonFinite, Minimum = curve.Minimum, Maximum = curve.Maximum };
}
