using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>A bin that holds what the test puts there.</summary>
internal sealed class FakeBin : IBin
{
    public List<BinnedSweep> Sweeps { get; } = [];

    public List<BinnedRun> Runs { get; } = [];

    public Task DeleteSweepAsync(long sweepId, CancellationToken cancellation) => throw OnlyShown();

    public Task<long> DeleteRunAsync(long runId, CancellationToken cancellation) => throw OnlyShown();

    public Task<SweepStatus> RestoreSweepAsync(long sweepId, CancellationToken cancellation) => throw OnlyShown();

    public Task<long> RestoreRunAsync(long runId, CancellationToken cancellation) => throw OnlyShown();

    public Task<IReadOnlyList<BinnedSweep>> ListSweepsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<BinnedSweep>>(Sweeps);

    public Task<IReadOnlyList<BinnedRun>> ListRunsAsync(long? sweepId, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<BinnedRun>>(Runs);

    public Task<BinnedSweep?> FindSweepAsync(long sweepId, CancellationToken cancellation) => Task.FromResult(Sweeps.SingleOrDefault(s => s.Id == sweepId));

    public Task<BinnedRun?> FindRunAsync(long runId, CancellationToken cancellation) => Task.FromResult(Runs.SingleOrDefault(r => r.Id == runId));

    public Task<int> PurgeAsync(CancellationToken cancellation) => Task.FromResult(0);

    private static NotSupportedException OnlyShown() => new("This bin is only looked at.");
}
