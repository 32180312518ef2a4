using System.Globalization;
using Stepsize.Web.Figures.Exhibits;

namespace Stepsize.Web.Figures;

/// <summary>A few runs as addresses name them.</summary>
public static class RunList
{
    /// <returns>Null where it is empty, too long, or holds anything but whole numbers.</returns>
    public static IReadOnlyList<long>? Parse(string? text)
    {
        var parts = (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > ExhibitReader.MostRuns)
        {
            return null;
        }

        var ids = new List<long>();
        foreach (var part in parts)
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }
}
