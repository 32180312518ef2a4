namespace Stepsize.Web.Views.Scales;

/// <summary>
/// How the n-th line of a chart looks: a colour of the theme and a marker. Eight lines differ by either; up to thirty-two by both together, for more
/// colours than eight cannot be told apart at a glance: those beyond are the eight again, darker, between two of them, or both (tokens.css).
/// </summary>
public static class Series
{
    /// <summary>Lines that look different from one another.</summary>
    public const int Count = 32;

    private static readonly string[] Markers =
    [
        "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-3.6-3.6h7.2v7.2h-7.2z", "M0-5L4.6 3.4H-4.6z", "M0-5.2L5.2 0 0 5.2-5.2 0z",
        "M0 5L4.6-3.4H-4.6z", "M-1.6-5h3.2v3.4H5v3.2H1.6V5h-3.2V1.6H-5v-3.2h3.4z", "M-4.5-2.5h9v5h-9z", "M-2.5-4.5h5v9h-5z",
    ];

    public static string Color(int index) => $"var({ColorName(index)})";

    /// <summary>The custom property itself, for scripts.</summary>
    public static string ColorName(int index) => $"--series-{index % Count}";

    /// <summary>An SVG path around the origin, about ten units wide. Lines of related colours have different ones.</summary>
    public static string Marker(int index) => Markers[(index + (3 * (index / Markers.Length))) % Markers.Length];
}
