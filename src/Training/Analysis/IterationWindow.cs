using System.Globalization;

namespace Stepsize.Training.Analysis;

/// <summary>A stretch of iterations over which a curve is averaged, both ends included, counted from 1.</summary>
public readonly record struct IterationWindow
{
    public IterationWindow(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        First = first;
        Last = last;
    }

    /// <summary>The windows of Wu, Xie, Du and Ward (2022, figure 1), in which loss and effective stepsize of the linear regressions are averaged.</summary>
    public static IReadOnlyList<IterationWindow> WuFigure1 { get; } = [new(101, 200), new(991, 1000), new(4901, 5000)];

    public int First { get; }

    public int Last { get; }

    /// <summary>Iterations in it.</summary>
    public int Length => Last - First + 1;

    /// <summary>For addresses: <c>101-200</c>, or <c>10</c> for a single iteration.</summary>
    public string Slug => First == Last ? FormattableString.Invariant($"{First}") : FormattableString.Invariant($"{First}-{Last}");

    /// <summary>Reads a <see cref="Slug"/>; null for anything else.</summary>
    public static IterationWindow? Parse(string? slug)
    {
        var parts = slug?.Split('-') ?? [];
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first > 0
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first
            ? new IterationWindow(first, last)
            : null;
    }

    /// <summary>The mean of a run's column over the window, summed in double.</summary>
    /// <param name="column">One number an iteration; the first is iteration 1's.</param>
    /// <returns>NaN where the run is too short; NaN or ±∞ where the window holds such.</returns>
    public double Mean(ReadOnlySpan<float> column)
    {
        if (column.Length < Last)
        {
            return double.NaN;
        }

        var sum = 0.0;
        foreach (var value in column[(First - 1)..Last])
        {
            sum += value;
        }

        return sum / (Last - First + 1);
    }

    public override string ToString() => FormattableString.Invariant($"[{First}, {Last}]");
}
