using System.Numerics.Tensors;

namespace Stepsize.Training.Analysis.Curves;

/// <summary>
/// How a window of iterations is cut so that a chart has few points: every iteration where they are few enough, else the window's first and last iteration
/// and, between them, stretches of which the smallest and the largest value are kept: equally wide, or for a logarithmic axis each a constant times as far as the
/// one before. A spike of one iteration is therefore never lost.
/// </summary>
public sealed class Stretches
{
    /// <summary>The ends and two stretches between them.</summary>
    public const int FewestPoints = 4;

    private readonly int[] _starts;

    /// <param name="first">First iteration of the window, counted from 1.</param>
    /// <param name="last">Last iteration; less than <paramref name="first"/> for an empty window.</param>
    /// <param name="points">Most points to keep, at least <see cref="FewestPoints"/>.</param>
    /// <param name="logarithmic">Whether stretches are to look equally wide on a logarithmic axis.</param>
    public Stretches(int first, int last, int points, bool logarithmic = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, FewestPoints);
        (First, Last) = (first, Math.Max(last, first - 1));
        IsRaw = Last - first + 1 <= points;
        _starts = IsRaw ? [.. Enumerable.Range(first, Last - first + 1)] : logarithmic ? CutLogarithmically(first, Last, points) : Cut(first, Last, points);
    }

    public int First { get; }

    public int Last { get; }

    /// <summary>Whether every iteration of the window is a point of its own.</summary>
    public bool IsRaw { get; }

    /// <summary>Points of the window.</summary>
    public int Count => _starts.Length;

    /// <summary>First iteration of each stretch.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The iteration at which a stretch is drawn: its middle one.</summary>
    public int Middle(int stretch) => _starts[stretch] + ((End(stretch) - 1 - _starts[stretch]) / 2);

    /// <summary>How many of the stretches a run of this many iterations reaches into.</summary>
    public int Covered(int iterations)
    {
        var found = Array.BinarySearch(_starts, iterations);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>
    /// The smallest and largest value of each stretch that the column reaches into. NaN becomes the largest value of its stretch; the smallest passes it over
    /// unless there is nothing else.
    /// </summary>
    /// <param name="column">One number an iteration; the first is iteration 1's.</param>
    /// <param name="minimum">At least <see cref="Covered"/> of the column's length.</param>
    /// <param name="maximum">Likewise; may be empty where it is not wanted.</param>
    public void Extremes(ReadOnlySpan<float> column, Span<float> minimum, Span<float> maximum)
    {
        var covered = Covered(column.Length);
        if (IsRaw)
        {
            var window = covered == 0 ? [] : column.Slice(First - 1, covered);
            window.CopyTo(minimum);
            if (!maximum.IsEmpty)
            {
                window.CopyTo(maximum);
            }

            return;
        }

        for (var i = 0; i < covered; i++)
        {
            var stretch = column[(_starts[i] - 1)..Math.Min(End(i) - 1, column.Length)];
            var largest = TensorPrimitives.Max(stretch);
            minimum[i] = float.IsNaN(largest) ? SmallestNumber(stretch) : TensorPrimitives.Min(stretch);
            if (!maximum.IsEmpty)
            {
                maximum[i] = largest;
            }
        }
    }

    private static float SmallestNumber(ReadOnlySpan<float> stretch)
    {
        var smallest = float.NaN;
        foreach (var value in stretch)
        {
            smallest = float.MinNumber(smallest, value);
        }

        return smallest;
    }

    /// <summary>The first iteration, the starts of points − 2 stretches, and the last.</summary>
    private static int[] Cut(int first, int last, int points)
    {
        var stretches = points - 2;
        long inner = last - first - 1;
        return [first, .. Enumerable.Range(0, stretches).Select(k => first + 1 + (int)(k * inner / stretches)), last];
    }

    /// <summary>Single iterations as long as stretches would be shorter than that.</summary>
    private static int[] CutLogarithmically(int first, int last, int points)
    {
        var starts = new List<int> { first };
        for (var left = points - 2; left > 0; left--)
        {
            // The ratio that spreads the stretches left over the iterations left, found anew: single iterations at the start use up fewer than their share.
            var ratio = Math.Pow((double)last / (starts[^1] + 1), 1.0 / (left + 1));
            starts.Add(starts.Count == 1 ? first + 1 : Math.Max(starts[^1] + 1, (int)(starts[^1] * ratio)));
        }

        return [.. starts.Where(s => s < last), last];
    }

    /// <summary>The iteration after a stretch.</summary>
    private int End(int stretch) => stretch + 1 < _starts.Length ? _starts[stretch + 1] : Last + 1;
}
