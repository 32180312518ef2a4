namespace Stepsize.Web.Reports.Experiments;

/// <summary>
/// What people wrote of the experiments: a file each in docs/experiments, by the id of a preset, a published table or a paper. They are built in, and hold no
/// results: numbers of runs come from the database alone.
/// </summary>
internal static class ReadingLibrary
{
    /// <summary>What stands before everything else.</summary>
    public const string Introduction = "introduction";

    private const string Prefix = "experiments/";
    private const string Suffix = ".md";

    /// <summary>Ids that there is a file of.</summary>
    public static IEnumerable<string> Ids => typeof(ReadingLibrary).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(n => n[Prefix.Length..^Suffix.Length]);

    /// <summary>The file of an id, its pictures as seen from one folder above; null where there is none.</summary>
    public static string? Find(string id)
    {
        using var stream = typeof(ReadingLibrary).Assembly.GetManifestResourceStream($"{Prefix}{id}{Suffix}");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim().Replace("](../", "](", StringComparison.Ordinal);
    }
}
