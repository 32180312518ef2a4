namespace Stepsize.Training.Analysis.Curves;

/// <summary>
/// The median of the finite values up to ⌊n/2⌋ iterations before and after. Single spikes leave no trace in it, and edges stay where they are; at the ends of
/// the column the window is cut.
/// </summary>
public sealed record MovingMedian : Smoothing
{
    internal const string Name = "median";

    /// <param name="iterations">n, from 2 to <see cref="Smoothing.WidestWindow"/>.</param>
    public MovingMedian(int iterations)
        : base(iterations)
    {
    }

    public override string Slug => $"{Name}:{Iterations}";

    public override void Apply(ReadOnlySpan<float> values, Span<float> smoothed)
    {
        var reach = Iterations / 2;
        var sorted = new float[(2 * reach) + 2];
        var count = 0;
        for (var i = 0; i < Math.Min(reach, values.Length); i++)
        {
            Insert(sorted, ref count, values[i]);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var comes = i + reach < values.Length ? values[i + reach] : float.NaN;
            var goes = i > reach ? values[i - reach - 1] : float.NaN;
            if (float.IsFinite(comes) && float.IsFinite(goes))
            {
                Replace(sorted, count, goes, comes);
            }
            else
            {
                Insert(sorted, ref count, comes);
                Remove(sorted, ref count, goes);
            }

            smoothed[i] = float.IsFinite(values[i]) ? Middle(sorted.AsSpan(0, count)) : float.NaN;
        }
    }

    private static float Middle(ReadOnlySpan<float> sorted)
    {
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (float)((sorted[half - 1] + (double)sorted[half]) / 2);
    }

    /// <summary>Moves only what lies between the two values: half the work of taking one out and putting the other in.</summary>
    private static void Replace(float[] sorted, int count, float goes, float comes)
    {
        var place = Place(sorted, count, goes);
        while (place + 1 < count && sorted[place + 1] < comes)
        {
            sorted[place] = sorted[place + 1];
            place++;
        }

        while (place > 0 && sorted[place - 1] > comes)
        {
            sorted[place] = sorted[place - 1];
            place--;
        }

        sorted[place] = comes;
    }

    private static void Insert(float[] sorted, ref int count, float value)
    {
        if (!float.IsFinite(value))
        {
            return;
        }

        var place = Place(sorted, count, value);
        Array.Copy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = value;
        count++;
    }

    private static void Remove(float[] sorted, ref int count, float value)
    {
        if (!float.IsFinite(value))
        {
            return;
        }

        var place = Place(sorted, count, value);
        Array.Copy(sorted, place + 1, sorted, place, count - place - 1);
        count--;
    }

    /// <summary>Of a value that is there its place, of another the place where it belongs.</summary>
    private static int Place(float[] sorted, int count, float value)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
