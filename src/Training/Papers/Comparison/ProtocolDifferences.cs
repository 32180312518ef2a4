using System.Globalization;
using Stepsize.Training.Options;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Papers.Statistics;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>Computes in what runs depart from a template.</summary>
internal static class ProtocolDifferences
{
    /// <summary>All differences of a group of runs with the same settings.</summary>
    /// <param name="axis">The group's runs with a result, by the template's axis values.</param>
    public static IReadOnlyList<ProtocolDifference> Of(ResolvedTemplate resolved, RunGroup group, IReadOnlyList<AxisRuns> axis) =>
    [
        .. OfSettings(resolved, group.Configuration),
        .. OfLength(resolved.Template.Length, group.Length),
        .. OfEvaluations(resolved.Template, group.Length, axis),
        .. OfSelection(resolved, axis),
    ];

    /// <summary>Data, model, batch and options of the optimizer.</summary>
    public static IEnumerable<ProtocolDifference> OfSettings(ResolvedTemplate resolved, RunConfiguration here)
    {
        var published = resolved.Workload.Measure(resolved.WorkloadOptions);
        var ours = here.Workload.Measure(here.WorkloadOptions);
        if (published.TrainingExamples != ours.TrainingExamples)
        {
            yield return new("training examples", Number(published.TrainingExamples), Number(ours.TrainingExamples), true);
        }

        if (published.Parameters != ours.Parameters)
        {
            yield return new("parameters of the model", Number(published.Parameters), Number(ours.Parameters), true);
        }

        foreach (var difference in OfOptions("", resolved.WorkloadOptions, here.WorkloadOptions))
        {
            yield return difference;
        }

        if (resolved.BatchSize != here.BatchSize)
        {
            yield return new("batch size", Number(resolved.BatchSize), Number(here.BatchSize), true);
        }

        foreach (var difference in OfOptions($"{resolved.Optimizer.Title}'s ", resolved.OptimizerOptions, here.OptimizerOptions))
        {
            yield return difference;
        }
    }

    /// <summary>Which runs there are: values of the axis, where the number is over all, and seeds.</summary>
    public static IReadOnlyList<ProtocolDifference> OfSelection(ResolvedTemplate resolved, IReadOnlyList<AxisRuns> axis)
    {
        var template = resolved.Template;
        var differences = new List<ProtocolDifference>();
        if (axis.Count < template.Values.Count)
        {
            differences.Add(new("values of the axis", Values(template.Values), Values(axis.Select(a => a.Value)), true));
        }

        var seeds = axis.Min(a => a.Runs.Count);
        if (seeds < template.PublishedRuns)
        {
            differences.Add(new("runs", Number(template.PublishedRuns), Number(seeds), false));
        }

        return differences;
    }

    private static IEnumerable<ProtocolDifference> OfLength(RunLength published, RunLength here)
    {
        if (published != here)
        {
            yield return new("length", published.ToString(), here.ToString(), true);
        }
    }

    private static IEnumerable<ProtocolDifference> OfEvaluations(CellTemplate template, RunLength length, IReadOnlyList<AxisRuns> axis)
    {
        if (!template.Statistic.NeedsEveryEpoch || length.Epochs is not { } epochs)
        {
            yield break;
        }

        var measured = axis.SelectMany(a => a.Runs).Min(r => Enumerable.Range(1, epochs).Count(r.MeasuresEpoch));
        if (measured < epochs)
        {
            yield return new("epochs measured", "every one", Number(measured), true);
        }
    }

    private static IEnumerable<ProtocolDifference> OfOptions(string owner, OptionSet published, OptionSet here)
    {
        var (left, right) = (published.ToJson(), here.ToJson());
        foreach (var (id, value) in left)
        {
            var (a, b) = (value!.ToJsonString(), right[id]?.ToJsonString() ?? "none");
            if (a != b)
            {
                yield return new($"{owner}{id}", a, b, true);
            }
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Values(IEnumerable<double> values) => string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
}
