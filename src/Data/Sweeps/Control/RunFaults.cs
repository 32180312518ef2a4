using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Reads failed runs. Runs have no time of their own, so the sweep's last beginning orders them, and among its runs the key.</summary>
internal sealed class RunFaults(IDbContextFactory<StepsizeContext> contexts) : IRunFaults
{
    public async Task<IReadOnlyList<RunFault>> ListAsync(int most, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginReadAsync(cancellation);
        var rows = await context.Runs.Where(r => r.Status == RunStatus.Finished && r.Outcome == RunOutcome.Failed)
            .OrderByDescending(r => r.Sweep!.ResumedAt ?? r.Sweep.CreatedAt).ThenByDescending(r => r.Id)
            .Take(most)
            .Select(r => new { r.Id, r.SweepId, r.Sweep!.Name, r.Row, r.AxisValue, r.Seed, r.Error })
            .ToListAsync(cancellation);
        var ids = rows.Select(r => r.SweepId).Distinct().ToArray();
        var sweeps = await context.Sweeps.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Specification }).ToListAsync(cancellation);
        var optimizers = sweeps.ToDictionary(s => s.Id, s => SpecificationReader.ParseStored(s.Specification).Optimizers);
        return
        [
            .. rows.Select(r => new RunFault(r.Id, r.SweepId, r.Name, optimizers[r.SweepId][r.Row].Optimizer.Id, r.AxisValue, r.Seed, r.Error ?? "No reason was recorded.")),
        ];
    }
}
