namespace Stepsize.Web.Figures.Drawing;

/// <summary>
/// Colours of drawings that leave the dashboard: the light theme's of tokens.css, as fixed values, because a file of its own has no style sheet to ask.
/// </summary>
public static class FigurePalette
{
    public const string Paper = "#ffffff";
    public const string Ink = "#1c2027";
    public const string Soft = "#5b626d";
    public const string Line = "#e3ded1";
    public const string Edge = "#8f8a7d";
    public const string Sunk = "#f4f1e8";
    public const string Accent = "#0f5c6e";
    public const string Good = "#28724c";
    public const string Warn = "#a8540a";
    public const string Bad = "#a3271f";
    public const string HatchA = "#b9b3a7";
    public const string HatchB = "#d8d3c8";
    public const string HatchInk = "#2f2a25";

    /// <summary>The dashboard's letters where they are installed, else the reader's own.</summary>
    public const string Fonts = "'Source Sans 3','Source Sans Pro',system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

    private static readonly string[] First = ["#0b6aa8", "#c2500a", "#2c7d4f", "#8a3f94", "#6a6f78", "#9a7400", "#b3305f", "#31808a"];

    /// <summary>The eight, and as tokens.css mixes them: deeper, between two of them, and both.</summary>
    private static readonly string[] Lines =
    [
        .. First,
        .. First.Select(c => Mixed(c, Ink, OwnShare)),
        .. First.Select((c, i) => Between(c, i)),
        .. First.Select((c, i) => Mixed(Between(c, i), Ink, OwnShare)),
    ];

    private const double OwnShare = 0.58;

    /// <summary>Colours of the lines of a chart; the n-th is that of <c>Series.Color(n)</c>.</summary>
    public static IReadOnlyList<string> Series => Lines;

    public static string SeriesColor(int index) => Lines[index % Lines.Length];

    /// <summary>The colour of one line of an optimizer: towards the paper where its axis value is small and towards the ink where it is large.</summary>
    /// <param name="shade">From 0 to 1.</param>
    public static string Shade(int index, double shade)
    {
        const double Least = 0.45;
        var kept = 1 - (Math.Abs((2 * shade) - 1) * (1 - Least));
        var (own, other) = (Rgb(SeriesColor(index)), Rgb(shade < 0.5 ? Paper : Ink));
        return Hex((Mix(own.R, other.R), Mix(own.G, other.G), Mix(own.B, other.B)));

        byte Mix(byte a, byte b) => (byte)Math.Round((kept * a) + ((1 - kept) * b));
    }

    private static string Between(string color, int index) => Mixed(color, First[(index + 3) % First.Length], 0.5);

    private static string Mixed(string color, string other, double share)
    {
        var (a, b) = (Rgb(color), Rgb(other));
        return Hex((Mix(a.R, b.R), Mix(a.G, b.G), Mix(a.B, b.B)));

        byte Mix(byte x, byte y) => (byte)Math.Round((share * x) + ((1 - share) * y));
    }

    private static (byte R, byte G, byte B) Rgb(string hex)
    {
        var number = Convert.ToInt32(hex[1..], 16);
        return ((byte)(number >> 16), (byte)(number >> 8), (byte)number);
    }

    public static string Hex((byte R, byte G, byte B) color) => FormattableString.Invariant($"#{color.R:x2}{color.G:x2}{color.B:x2}");
}
