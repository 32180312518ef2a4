using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Sweeps in memory, put there by the test.</summary>
internal sealed class FakeSweepStore : ISweepStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, SweepDetail> _sweeps = [];

    public int Finds { get; private set; }

    public void Put(SweepDetail detail)
    {
        lock (_lock)
        {
            _sweeps[detail.Summary.Id] = detail;
        }
    }

    public Task<long> CreateAsync(SweepSpecification specification, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var id = _sweeps.Count == 0 ? 1 : _sweeps.Keys.Max() + 1;
            _sweeps[id] = FakeSweep.Of(id, specification, finished: 0);
            return Task.FromResult(id);
        }
    }

    public Task<IReadOnlyList<SweepSummary>> ListAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SweepSummary>>([.. _sweeps.Values.Reverse().Select(s => s.Summary)]);
        }
    }

    public Task<SweepDetail?> FindAsync(long sweepId, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Finds++;
            return Task.FromResult(_sweeps.GetValueOrDefault(sweepId));
        }
    }

    public Task<long?> FindSweepOfRunAsync(long runId, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_sweeps.Values.Where(s => s.Runs.Any(r => r.Id == runId)).Select(s => (long?)s.Summary.Id).FirstOrDefault());
        }
    }

    public Task<IReadOnlyList<CohortRun>> FindUnfinishedRunsAsync(long sweepId, CancellationToken cancellation) =>
        throw new NotSupportedException("Pages train nothing.");

    public async Task SetStatusAsync(long sweepId, SweepStatus status, CancellationToken cancellation)
    {
        if (await FindAsync(sweepId, cancellation) is { } detail)
        {
            Put(detail with { Summary = detail.Summary with { Status = status } });
        }
    }

    public Task CancelAsync(long sweepId, CancellationToken cancellation) => SetStatusAsync(sweepId, SweepStatus.Cancelled, cancellation);
}
