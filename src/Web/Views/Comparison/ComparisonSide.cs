using System.Globalization;

namespace Stepsize.Web.Views.Comparison;

/// <summary>One side of a difference: a sweep, or one optimizer of it. Written <c>12</c> or <c>12-3</c>, as in addresses.</summary>
/// <param name="Row">Index of the optimizer, from 0; null for the whole sweep.</param>
public readonly record struct ComparisonSide(long SweepId, int? Row)
{
    public static ComparisonSide? Parse(string? text)
    {
        var parts = (text ?? "").Split('-');
        return parts.Length is 1 or 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sweep)
            && (parts.Length == 1 || IsRow(parts[1]))
            ? new ComparisonSide(sweep, parts.Length == 1 ? null : int.Parse(parts[1], CultureInfo.InvariantCulture))
            : null;

        static bool IsRow(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    public override string ToString() => Row is { } row ? FormattableString.Invariant($"{SweepId}-{row}") : SweepId.ToString(CultureInfo.InvariantCulture);
}
