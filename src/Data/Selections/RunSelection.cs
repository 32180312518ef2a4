using System.Globalization;
using System.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Selections;

/// <summary>
/// A set of runs, as a person or an address names it: <c>1-20,25</c>. There is one way to write each set (ascending, stretches joined), so that equal sets have
/// equal names. A stretch of any length is kept as its ends: only what is small enough to be drawn is ever listed.
/// </summary>
public sealed class RunSelection
{
    /// <summary>Longest text that is read: a thousand single runs of nineteen digits.</summary>
    public const int LongestText = 20_000;

    private readonly (long First, long Last)[] _stretches;

    private RunSelection(IEnumerable<(long First, long Last)> stretches)
    {
        _stretches = [.. Join(stretches.Order())];
        Count = _stretches.Aggregate(0L, (sum, s) => long.MaxValue - sum < s.Last - s.First + 1 ? long.MaxValue : sum + (s.Last - s.First + 1));
    }

    /// <summary>Runs in it.</summary>
    public long Count { get; }

    /// <summary>The runs, ascending.</summary>
    public IEnumerable<long> Runs => _stretches.SelectMany(s => Enumerable.Range(0, checked((int)(s.Last - s.First + 1))).Select(i => s.First + i));

    public static RunSelection Of(IEnumerable<long> runs) => new(runs.Select(r => (r, r)));

    /// <param name="text">Numbers from 1 and stretches of them, separated by commas.</param>
    /// <exception cref="InvalidInputException">It is something else; says what.</exception>
    public static RunSelection Parse(string text)
    {
        var faults = new FaultList();
        var stretches = new List<(long, long)>();
        if (text.Length > LongestText)
        {
            faults.Add("runs", $"has {text.Length} characters; write at most {LongestText}, with stretches such as 1-20 for neighbours.");
            faults.ThrowIfAny();
        }

        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadStretch(part) is { } stretch)
            {
                stretches.Add(stretch);
            }
            else
            {
                faults.Add("runs", $"\"{(part.Length <= 40 ? part : part[..40] + "…")}\" is not a run; write numbers and stretches of them, such as 1-20,25.");
                faults.ThrowIfAny();
            }
        }

        if (stretches.Count == 0)
        {
            faults.Add("runs", "is empty; write numbers and stretches of them, such as 1-20,25.");
        }

        faults.ThrowIfAny();
        return new RunSelection(stretches);
    }

    /// <summary>The one way to write it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (first, last) in _stretches)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
            {
                text.Append(last == first + 1 ? ',' : '-').Append(CultureInfo.InvariantCulture, $"{last}");
            }
        }

        return text.ToString();
    }

    private static (long First, long Last)? ReadStretch(string part)
    {
        var ends = part.Split('-');
        if (ends.Length > 2 || !long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) || first < 1)
        {
            return null;
        }

        return ends.Length == 1 ? (first, first)
            : long.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first ? (first, last)
            : null;
    }

    private static IEnumerable<(long First, long Last)> Join(IEnumerable<(long First, long Last)> ascending)
    {
        (long First, long Last)? open = null;
        foreach (var stretch in ascending)
        {
            if (open is not { } before)
            {
                open = stretch;
            }
            else if (stretch.First <= before.Last || stretch.First - 1 == before.Last)
            {
                open = (before.First, Math.Max(before.Last, stretch.Last));
            }
            else
            {
                yield return before;
                open = stretch;
            }
        }

        if (open is { } end)
        {
            yield return end;
        }
    }
}
