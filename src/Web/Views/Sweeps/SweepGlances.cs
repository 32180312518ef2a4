using System.Collections.Concurrent;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>Makes glances, and keeps those of sweeps that cannot change any more: a list of many sweeps is then one query. Shared by all circuits.</summary>
public sealed class SweepGlances
{
    /// <summary>Enough for many pages of the list; beyond it, everything is forgotten rather than tracked.</summary>
    private const int Kept = 500;

    private readonly ConcurrentDictionary<(long Id, long Revision, DateTimeOffset FinishedAt), SweepGlance> _finished = new();

    /// <summary>Null where nothing is measured yet, or the sweep is gone.</summary>
    public async Task<SweepGlance?> ReadAsync(SweepSummary sweep, ISweepStore store, CancellationToken cancellation)
    {
        var isFixed = sweep.FinishedAt is not null && !sweep.Status.IsLive();
        if (isFixed && _finished.TryGetValue((sweep.Id, sweep.Revision, sweep.FinishedAt!.Value), out var known))
        {
            return known;
        }

        // A sweep that waits has nothing to show; one that trains may have measured on the way.
        if ((sweep.RunsFinished == 0 && sweep.Status == SweepStatus.Queued) || await store.FindAsync(sweep.Id, cancellation) is not { } detail)
        {
            return null;
        }

        var view = SweepView.Of(detail, measure: null, moment: null);
        if (sweep.RunsFinished == 0 && !view.HasNumbers)
        {
            return null;
        }

        var glance = new SweepGlance(view);
        if (isFixed)
        {
            if (_finished.Count >= Kept)
            {
                _finished.Clear();
            }

            _finished[(sweep.Id, sweep.Revision, sweep.FinishedAt!.Value)] = glance;
        }

        return glance;
    }
}
