using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>Stored runs, found by what they train and how: made once for all tables.</summary>
public sealed class RunIndex
{
    private readonly ILookup<(string Workload, string Optimizer, RobustnessAxis Axis), RunGroup> _groups;

    public RunIndex(IEnumerable<StoredRun> runs)
    {
        var texts = new Dictionary<OptionSet, string>(ReferenceEqualityComparer.Instance);
        string Text(OptionSet options)
        {
            if (!texts.TryGetValue(options, out var text))
            {
                texts[options] = text = options.ToJson().ToJsonString();
            }

            return text;
        }

        _groups = runs
            .GroupBy(r =>
            {
                var c = r.Configuration;
                return (c.Workload.Id, c.Optimizer.Id, c.Axis, Text(c.WorkloadOptions), Text(c.OptimizerOptions), c.BatchSize, c.Epochs, c.Iterations);
            })
            .Select(g => new RunGroup([.. g]))
            .ToLookup(g => (g.Configuration.Workload.Id, g.Configuration.Optimizer.Id, g.Configuration.Axis));
    }

    public static RunIndex Empty { get; } = new([]);

    /// <summary>Groups of runs with the same settings.</summary>
    internal IEnumerable<RunGroup> Find(string workload, string optimizer, RobustnessAxis axis) => _groups[(workload, optimizer, axis)];
}
