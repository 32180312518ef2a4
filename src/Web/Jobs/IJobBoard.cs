namespace Stepsize.Web.Jobs;

/// <summary>What is trained and what waits, for people to see.</summary>
public interface IJobBoard
{
    /// <summary>How much is trained at a time, as the rest of a sentence.</summary>
    string Rule { get; }

    /// <summary>Sweeps that are trained, then those that wait, first those whose turn is next.</summary>
    Task<IReadOnlyList<JobLine>> ListAsync(CancellationToken cancellation);
}
