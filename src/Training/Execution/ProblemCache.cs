using Stepsize.Training.Datasets;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>Prepared problems, shared by all sweeps that use them, and known by what their data is now. The last ones used stay; older ones go when nothing trains them any more.</summary>
internal sealed class ProblemCache(DatasetFolders datasets)
{
    private const int Kept = 2;
    private readonly Lock _gate = new();
    private readonly LinkedList<Problem> _recent = [];
    private readonly Dictionary<string, WeakReference<Problem>> _known = new(StringComparer.Ordinal);

    /// <exception cref="Faults.InvalidInputException">The data is missing or corrupt, or shapes do not fit.</exception>
    public Problem Get(Workload workload, OptionSet options)
    {
        var version = workload.DataVersion(options, datasets);
        lock (_gate)
        {
            var problem = Find(workload, options, version);
            for (string? now = null; problem is null;)
            {
                // Data that is replaced while it is read must not be kept under what it was before.
                version = now ?? version;
                var prepared = workload.Prepare(options, datasets);
                now = workload.DataVersion(options, datasets);
                if (now == version)
                {
                    _known[Key(workload, options, version)] = new WeakReference<Problem>(prepared);
                    problem = prepared;
                }
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

    private static string Key(Workload workload, OptionSet options, string version) => $"{workload.Id} {options.ToJson().ToJsonString()} {version}";

    private Problem? Find(Workload workload, OptionSet options, string version) =>
        _known.TryGetValue(Key(workload, options, version), out var reference) && reference.TryGetTarget(out var problem) ? problem : null;
}
