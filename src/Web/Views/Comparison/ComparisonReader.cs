using Stepsize.Data.Sweeps;

namespace Stepsize.Web.Views.Comparison;

/// <summary>Reads what a comparison is made from.</summary>
public sealed class ComparisonReader(ISweepStore store)
{
    /// <summary>The sweeps of the address that there are, in its order. Those that were deleted or never were are left out.</summary>
    public async Task<IReadOnlyList<SweepDetail>> ReadAsync(ComparisonAddress address, CancellationToken cancellation)
    {
        var details = new List<SweepDetail>();
        foreach (var id in address.Sweeps)
        {
            if (await store.FindAsync(id, cancellation) is { } detail)
            {
                details.Add(detail);
            }
        }

        return details;
    }
}
