using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Gives every stored run of a sweep its place in a grid that has grown.</summary>
internal static class GridNumbering
{
    /// <summary>Runs in the bin get theirs too, so that they can be restored. Called inside a transaction.</summary>
    public static async Task ApplyAsync(StepsizeContext context, long sweepId, SweepSpecification specification, CancellationToken cancellation)
    {
        // Aside first: while the numbers change one by one, no two runs may have the same.
        var runs = context.Runs.IgnoreQueryFilters().Where(r => r.SweepId == sweepId);
        await runs.ExecuteUpdateAsync(s => s.SetProperty(r => r.Ordinal, r => -1 - r.Ordinal), cancellation);
        var points = GridPoints.Of(specification).ToDictionary(p => p.ConfigurationHash, StringComparer.Ordinal);
        foreach (var run in await runs.Select(r => new { r.Id, r.ConfigurationHash }).ToListAsync(cancellation))
        {
            var point = points[run.ConfigurationHash];
            await context.Database.ExecuteSqlAsync(
                $"""UPDATE "Runs" SET "Ordinal" = {point.Ordinal}, "Row" = {point.Row} WHERE "Id" = {run.Id}""", cancellation);
        }
    }
}
