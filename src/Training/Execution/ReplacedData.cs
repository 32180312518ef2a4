using Stepsize.Training.Faults;

namespace Stepsize.Training.Execution;

/// <summary>A run that was half trained does not go on with other data than it began with.</summary>
internal static class ReplacedData
{
    /// <returns>Why the run cannot go on; null where it can.</returns>
    /// <param name="now">SHA-256 of the data as it is, by name.</param>
    public static InvalidInputException? Of(CohortRun run, IReadOnlyDictionary<string, string> now)
    {
        if (run.ResumeFrom is null || run.DataBefore is not { } before)
        {
            return null;
        }

        string[] changed = [.. before.Keys.Union(now.Keys, StringComparer.Ordinal).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
        return changed.Length == 0
            ? null
            : new InvalidInputException("datasets", FormattableString.Invariant(
                $"{string.Join(", ", changed)} was replaced after iteration {run.ResumeFrom.Iteration} of this run, which does not go on with other data; bring the former data back and run what is missing, or launch a new sweep."));
    }
}
