using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs;

/// <summary>Refuses to add runs to a sweep whose table or weights were replaced since: they would stand in one table with runs of other data.</summary>
internal static class ReplacedTables
{
    private const int DigitsShown = 8;

    /// <exception cref="InvalidInputException">The data is another than that of the sweep's runs, or is not there any more; says what to do.</exception>
    public static async Task RefuseAsync(ISweepData sweeps, DatasetFolders folders, long sweepId, CancellationToken cancellation)
    {
        if (await sweeps.OriginsAsync(sweepId, cancellation) is not { Data.Count: > 0 } made)
        {
            return;
        }

        var workload = made.Specification.Workload;
        var options = made.Specification.WorkloadOptions;
        IReadOnlyDictionary<string, string>? now;
        try
        {
            now = await Task.Run(() => workload.CurrentChecksums(options, folders), cancellation);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException("", $"The data of sweep {sweepId} is not what it was: {string.Join(' ', e.Faults.Select(f => f.Message))}");
        }

        if (now is not null && made.Data.SelectMany(before => Changed(before, now)).FirstOrDefault() is { } change)
        {
            throw new InvalidInputException(
                "", $"{change} since sweep {sweepId} was trained on it: added runs would stand beside runs of other data. Bring the former data back under its name, or launch a new sweep with this specification (/sweeps/new?from={sweepId}).");
        }
    }

    private static IEnumerable<string> Changed(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        from name in before.Keys.Union(now.Keys, StringComparer.Ordinal)
        let change = (Before: before.GetValueOrDefault(name), Now: now.GetValueOrDefault(name))
        where change.Before != change.Now
        select change is ({ } old, { } young) ? $"{name} was replaced (SHA-256 {old[..DigitsShown]}…, now {young[..DigitsShown]}…)" : $"{name} is read in another way";
}
