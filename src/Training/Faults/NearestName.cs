namespace Stepsize.Training.Faults;

/// <summary>Guesses which name a misspelt one was meant to be.</summary>
public static class NearestName
{
    /// <summary>No name has as many letters; comparing long texts takes long.</summary>
    private const int LongestGuessed = 100;

    /// <summary>The name with the fewest single-letter edits (Levenshtein), or null where more than a third of the letters would change.</summary>
    public static string? Find(string given, IEnumerable<string> names)
    {
        var near = names.Select(n => (Name: n, Distance: Distance(given.ToLowerInvariant(), n.ToLowerInvariant()))).OrderBy(n => n.Distance).Take(1);
        return near.Where(n => n.Distance <= Math.Max(1, n.Name.Length / 3)).Select(n => n.Name).FirstOrDefault();
    }

    /// <summary>A sentence's part that asks for the nearest name, such as <c> did you mean "adagrad-norm"?</c>; empty where none is near.</summary>
    public static string Question(string given, IEnumerable<string> names) => given.Length <= LongestGuessed && Find(given, names) is { } nearest ? $" did you mean \"{nearest}\"?" : "";

    /// <summary>Least number of letters to change, add or leave out.</summary>
    public static int Distance(string a, string b)
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
