namespace Stepsize.Web.Commands;

/// <summary>Guesses which name a misspelt one was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest single-letter edits (Levenshtein), or null where more than a third of the letters would change.</summary>
    public static string? Find(string given, IEnumerable<string> names)
    {
        var (nearest, distance) = names.Select(n => (Name: n, Distance: Distance(given.ToLowerInvariant(), n))).MinBy(n => n.Distance);
        return nearest is not null && distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    internal static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[^1];
    }
}
