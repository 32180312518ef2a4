namespace Stepsize.Web.Views.Scales;

/// <summary>The cividis colour map: even steps of lightness, the same for people who see red and green alike. Interpolated between ten of its colours.</summary>
public static class Cividis
{
    private static readonly (byte R, byte G, byte B)[] Anchors =
    [
        (0, 34, 78), (18, 53, 112), (59, 73, 108), (87, 93, 109), (112, 113, 115), (138, 134, 120), (165, 156, 116), (195, 179, 105), (225, 204, 85), (254, 232, 56),
    ];

    /// <summary>As a CSS gradient, dark to bright.</summary>
    public static string Gradient { get; } = "linear-gradient(90deg," + string.Join(',', Anchors.Select(a => $"rgb({a.R} {a.G} {a.B})")) + ")";

    /// <param name="share">In [0, 1]; values outside are clamped.</param>
    public static (byte R, byte G, byte B) At(double share)
    {
        var position = Math.Clamp(share, 0, 1) * (Anchors.Length - 1);
        var index = Math.Min((int)position, Anchors.Length - 2);
        var (from, to, part) = (Anchors[index], Anchors[index + 1], position - index);
        return (Mix(from.R, to.R, part), Mix(from.G, to.G, part), Mix(from.B, to.B, part));
    }

    /// <summary>Black or white, whichever stands out more (WCAG contrast).</summary>
    public static string InkOn((byte R, byte G, byte B) color)
    {
        var luminance = (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));
        return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? "#000" : "#fff";
    }

    private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + ((to - from) * part));

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
