namespace Stepsize.Data.Metrics;

/// <summary>Reads the parameter vectors that sweeps with <c>"record": "iterates"</c> keep.</summary>
public interface IIterateReader
{
    /// <returns>Null where there is no such run, or it kept none.</returns>
    Task<Trajectory?> ReadAsync(long runId, CancellationToken cancellation);
}
