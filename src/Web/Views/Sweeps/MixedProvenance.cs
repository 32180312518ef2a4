using Stepsize.Training.Execution;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>What differs between the origins of runs that are set side by side: said of a table, wherever it is shown or written.</summary>
public static class MixedProvenance
{
    private const int DigitsShown = 8;

    /// <summary>Such as <c>data (mine.csv 01234567, mine.csv 89abcdef)</c>; null where nothing differs.</summary>
    /// <param name="origins">Of every run; null for those that have none yet.</param>
    public static string? Of(IEnumerable<RunProvenance?> origins)
    {
        var made = origins.OfType<RunProvenance>().ToList();
        string[] differing =
        [
            .. Differing("engines", made.Select(p => p.Engine)),
            .. Differing("devices", made.Select(p => p.Device)),
            .. Differing("data", made.Select(p => string.Join(' ', p.DataChecksums.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value[..DigitsShown]}")))),
        ];
        return differing.Length == 0 ? null : string.Join("; ", differing);
    }

    private static IEnumerable<string> Differing(string what, IEnumerable<string> values)
    {
        var distinct = values.Distinct(StringComparer.Ordinal).ToList();
        return distinct.Count > 1 ? [$"{what} ({string.Join(", ", distinct)})"] : [];
    }
}
