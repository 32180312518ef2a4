namespace Stepsize.Web.Jobs;

/// <summary>What the scheduler does, for people to see.</summary>
public interface IJobBoard
{
    /// <summary>Every stored job, training ones first, then by sweep.</summary>
    Task<IReadOnlyList<JobLine>> ListAsync(CancellationToken cancellation);
}
