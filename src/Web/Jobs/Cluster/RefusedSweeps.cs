using System.Collections.Concurrent;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>Sweeps that this machine cannot train, for it lacks their data: left to others, and looked at again after a while.</summary>
internal sealed class RefusedSweeps(DatasetFolders folders, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<long, (string Reason, long Since)> _refused = new();

    public IReadOnlyCollection<long> Keys
    {
        get
        {
            foreach (var (sweep, refusal) in _refused)
            {
                if (time.GetElapsedTime(refusal.Since) > Period)
                {
                    _refused.TryRemove(sweep, out _);
                }
            }

            return [.. _refused.Keys];
        }
    }

    /// <summary>What is missing here, as sentences; null where nothing is.</summary>
    public string? Remark => _refused.IsEmpty ? null : string.Join(' ', _refused.OrderBy(r => r.Key).Select(r => $"Sweep {r.Key} is left to others: {r.Value.Reason}"));

    /// <returns>Whether the sweep is to be left to others.</returns>
    public bool Refuses(long sweepId, SweepWork work)
    {
        var faults = new FaultList();
        try
        {
            work.Specification.Workload.CheckData(work.Specification.WorkloadOptions, folders, faults);
            faults.ThrowIfAny();
            _refused.TryRemove(sweepId, out _);
            return false;
        }
        catch (InvalidInputException e)
        {
            _refused[sweepId] = (string.Join(' ', e.Faults.Select(f => f.Message)), time.GetTimestamp());
            return true;
        }
    }
}
