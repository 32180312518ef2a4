using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Execution;

/// <summary>One run of a cohort.</summary>
/// <param name="Key">The caller's name for it, such as a database key.</param>
/// <param name="ResumeFrom">Where to go on; null starts at the first iteration.</param>
public sealed record CohortRun(long Key, RunConfiguration Configuration, RunCheckpoint? ResumeFrom = null)
{
    /// <summary>SHA-256 by name of the data that its iterations up to <see cref="ResumeFrom"/> were made with; null where nothing is known of it.</summary>
    public IReadOnlyDictionary<string, string>? DataBefore { get; init; }

    /// <summary>Ends this run alone: under way, it records what it has made with the outcome <see cref="RunOutcome.CutShort"/>; not begun, nothing.</summary>
    public CancellationToken Stop { get; init; }
}
