using Stepsize.Data.Selections;
using Stepsize.Data.Sweeps;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Selections in memory, over the sweeps of a <see cref="FakeSweepStore"/>.</summary>
internal sealed class FakeSelectionStore(FakeSweepStore store) : ISelectionStore
{
    public Dictionary<string, RunSelection> Saved { get; } = new(StringComparer.Ordinal);

    public Task<string> SaveAsync(RunSelection selection, CancellationToken cancellation)
    {
        var id = $"saved{selection.Count}";
        Saved[id] = selection;
        return Task.FromResult(id);
    }

    public Task<RunSelection?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult(Saved.GetValueOrDefault(id));

    public async Task<RunSelection?> OfSweepAsync(long sweepId, int? row, double? axisValue, CancellationToken cancellation)
    {
        var sweep = await store.FindAsync(sweepId, cancellation);
        long[] runs = [.. (sweep?.Runs ?? []).Where(r => (row is null || r.Row == row) && (axisValue is null || r.AxisValue.Equals(axisValue))).Select(r => r.Id)];
        return runs.Length == 0 ? null : RunSelection.Of(runs);
    }

    public async Task<IReadOnlyList<SelectedSweep>> ReadAsync(RunSelection selection, CancellationToken cancellation)
    {
        var wanted = selection.Runs.ToHashSet();
        var found = new List<SelectedSweep>();
        foreach (var summary in (await store.ListAsync(cancellation)).OrderBy(s => s.Id))
        {
            var sweep = (await store.FindAsync(summary.Id, cancellation))!;
            SelectedRun[] runs = [.. sweep.Runs.Where(r => wanted.Contains(r.Id)).Select(Of)];
            if (runs.Length > 0)
            {
                found.Add(new SelectedSweep(summary.Id, summary.Name, sweep.Specification, runs));
            }
        }

        return found;
    }

    private static SelectedRun Of(RunRow run) => new()
    {
        Id = run.Id,
        Row = run.Row,
        AxisValue = run.AxisValue,
        Seed = run.Seed,
        Status = run.Status,
        Outcome = run.Outcome,
        FirstBadIteration = run.FirstBadIteration,
        Iterations = run.Iterations,
        IterationsPlanned = run.IterationsPlanned,
        Provenance = run.Provenance,
    };
}
