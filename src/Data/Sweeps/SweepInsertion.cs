using Stepsize.Data.Database;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>Inserts a queued sweep without its runs. Called inside a transaction.</summary>
internal static class SweepInsertion
{
    /// <returns>The sweep's key.</returns>
    public static async Task<long> AddAsync(StepsizeContext context, SweepSpecification specification, DateTimeOffset now, CancellationToken cancellation)
    {
        var sweep = new SweepEntity
        {
            Name = specification.Name,
            Workload = specification.Workload.Id,
            Specification = SpecificationWriter.ToJson(specification).ToJsonString(),
            Status = SweepStatus.Queued,
            CreatedAt = now,
        };
        context.Sweeps.Add(sweep);
        await context.SaveChangesAsync(cancellation);
        return sweep.Id;
    }
}
