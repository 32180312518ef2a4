namespace Stepsize.Training.Analysis.Curves;

/// <summary>What a chart must say of a column besides drawing it.</summary>
/// <param name="FirstNonFinite">First iteration of the whole run whose value is NaN or infinite.</param>
/// <param name="NonPositive">Finite values of the window that are 0 or less, which a logarithmic axis has no place for.</param>
public readonly record struct ColumnFacts(int? FirstNonFinite, int NonPositive)
{
    /// <param name="column">One number an iteration; the first is iteration 1's.</param>
    public static ColumnFacts Of(ReadOnlySpan<float> column, int first, int last)
    {
        int? bad = null;
        for (var i = 0; i < column.Length; i++)
        {
            if (!float.IsFinite(column[i]))
            {
                bad = i + 1;
                break;
            }
        }

        var window = column[Math.Min(first - 1, column.Length)..Math.Clamp(last, Math.Min(first - 1, column.Length), column.Length)];
        var nonPositive = 0;
        foreach (var value in window)
        {
            nonPositive += value <= 0 && float.IsFinite(value) ? 1 : 0;
        }

        return new ColumnFacts(bad, nonPositive);
    }
}
