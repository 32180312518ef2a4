using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Views.Scales;

/// <summary>
/// Colours of differences: blue below zero, orange above, nearly white at zero, equally far on both sides. Blue and orange stay apart for people who do
/// not see red and green alike, and both grow darker with the size, so that the size can be read without any colour.
/// </summary>
public sealed class DivergingScale
{
    private static readonly (byte R, byte G, byte B)[] Anchors =
    [
        (5, 64, 122), (47, 113, 172), (115, 165, 207), (183, 209, 230), (245, 244, 240), (250, 209, 165), (238, 156, 85), (199, 100, 22), (127, 55, 6),
    ];

    /// <param name="extent">The largest difference told apart from larger ones, without its sign; 0 where all are equal.</param>
    public DivergingScale(double extent)
        : this(extent, extent)
    {
    }

    /// <param name="largest">The largest difference there is, without its sign.</param>
    public DivergingScale(double extent, double largest) => (Extent, Largest) = (extent, largest);

    public double Extent { get; }

    public double Largest { get; }

    /// <summary>What stands at the ends of a legend, and says where there is more.</summary>
    public (string Low, string High) Ends(Func<double, string> write) => Largest > Extent
        ? ($"≤ {write(-Extent)}", $"≥ {write(Extent)} (up to {write(Largest)} in size)")
        : (write(-Extent), write(Extent));

    /// <summary>As a CSS gradient, from −extent to +extent.</summary>
    public static string Gradient { get; } = "linear-gradient(90deg," + string.Join(',', Anchors.Select(a => $"rgb({a.R} {a.G} {a.B})")) + ")";

    /// <summary>In [−1, 1]; 0 for no difference.</summary>
    public double Share(double difference) => Extent == 0 ? 0 : Math.Clamp(difference / Extent, -1, 1);

    public (byte R, byte G, byte B) At(double difference)
    {
        var position = (Share(difference) + 1) / 2 * (Anchors.Length - 1);
        var index = Math.Min((int)position, Anchors.Length - 2);
        var (from, to, part) = (Anchors[index], Anchors[index + 1], position - index);
        return (Mix(from.R, to.R, part), Mix(from.G, to.G, part), Mix(from.B, to.B, part));
    }

    /// <summary>Background and text colour of a cell.</summary>
    public string Style(double difference)
    {
        var color = At(difference);
        return $"background:rgb({color.R} {color.G} {color.B});color:{Cividis.InkOn(color)}";
    }

    /// <summary>Which side a difference A − B speaks for: <c>A</c> or <c>B</c>.</summary>
    public static string Better(Measure measure, bool isPositive) => measure.IsLargerBetter() == isPositive ? "A" : "B";

    private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + ((to - from) * part));
}
