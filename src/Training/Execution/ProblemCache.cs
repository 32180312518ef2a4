using Stepsize.Training.Datasets;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>Prepared problems, shared by all sweeps that use them. The last ones used stay; older ones go when nothing trains them any more.</summary>
internal sealed class ProblemCache(DatasetFolders datasets)
{
    private const int Kept = 2;
    private readonly Lock _gate = new();
    private readonly LinkedList<Problem> _recent = [];
    private readonly Dictionary<string, WeakReference<Problem>> _known = new(StringComparer.Ordinal);

    /// <exception cref="Faults.InvalidInputException">The data is missing or corrupt, or shapes do not fit.</exception>
    public Problem Get(Workload workload, OptionSet options)
    {
        var key = $"{workload.Id} {options.ToJson().ToJsonString()}";
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var reference) || !reference.TryGetTarget(out var problem))
            {
                problem = workload.Prepare(options, datasets);
                _known[key] = new WeakReference<Problem>(problem);
            }

            _recent.Remove(problem);
            _recent.AddFirst(problem);
            if (_recent.Count > Kept)
            {
                _recent.RemoveLast();
            }

            return problem;
        }
    }
}
