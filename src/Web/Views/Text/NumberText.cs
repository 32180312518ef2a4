using System.Globalization;
using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Views.Text;

/// <summary>Numbers as pages print them: the one place where they are rounded.</summary>
public static class NumberText
{
    /// <summary>Most digits that a number of 64 bits has.</summary>
    private const int AllDigits = 17;

    /// <summary>Three significant digits, such as <c>0.0316</c>, <c>12.5</c>, <c>2.30</c>, <c>3.16e-5</c>; NaN is <c>NaN</c>, infinities <c>∞</c>.</summary>
    public static string Short(double value) => Significant(value, 3, '0');

    /// <summary>One significant digit where an exponent is needed, else two: <c>3e-20</c>, <c>0.32</c>.</summary>
    public static string Tiny(double value) => Significant(value, Math.Abs(value) is >= 0.001 and < 1000 ? 2 : 1, '0');

    /// <summary>
    /// A number that somebody gave, such as a value of a robustness axis: at most three significant digits and no zeros behind them: <c>0.001</c>, <c>1000</c>,
    /// <c>1e6</c>. One that takes fewer digits than that to be known is printed as itself: <c>5e-324</c>.
    /// </summary>
    public static string Axis(double value) => Axis(value, 3);

    /// <summary>The same with as many digits as tell it from the others it stands among.</summary>
    public static string Axis(double value, IEnumerable<double> among)
    {
        var digits = 3;
        var others = among.Where(v => v != value && Math.Abs(v - value) < Math.Abs(value) * 0.01).ToList();
        while (digits < AllDigits && others.Exists(v => Axis(v, digits) == Axis(value, digits)))
        {
            digits++;
        }

        return Axis(value, digits);
    }

    /// <summary>With all of its digits.</summary>
    public static string Full(double value) => Axis(value, AllDigits);

    /// <summary>A measure without unit: accuracies in per cent with one decimal, others with three significant digits.</summary>
    public static string Of(Measure measure, double value) =>
        double.IsNaN(value) ? "div"
        : measure.IsAccuracy() ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture)
        : Short(value);

    /// <summary>A half-width or deviation in the unit of <see cref="Of"/>.</summary>
    public static string Spread(Measure measure, double value) =>
        measure.IsAccuracy() ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) : Significant(value, 2, '0');

    /// <summary>A whole number with thin spaces between thousands.</summary>
    public static string Whole(long value) => value.ToString("#,0", ThinSpaces);

    /// <summary>A speed: three significant digits, whole from a thousand on.</summary>
    public static string Rate(double perSecond) => perSecond >= 1000 ? Whole((long)Math.Round(perSecond)) : Short(perSecond);

    /// <summary>A band's width with one decimal, and ≥ where it reaches the grid's edge: <c>≥ 4.7</c>.</summary>
    public static string Decades(RobustBand band) => (band.IsAtLeast ? "≥ " : "") + band.Decades.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>For CSS and SVG.</summary>
    public static string Css(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static NumberFormatInfo ThinSpaces { get; } = new() { NumberGroupSeparator = "\u2009" };

    private static string Axis(double value, int digits)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return Significant(value, digits, '#');
        }

        // Where fewer digits are read back as this number, they are the number: "5E-324" and not "4.94E-324".
        for (var fewer = 1; fewer < digits; fewer++)
        {
            var text = value.ToString($"E{fewer - 1}", CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) == value)
            {
                return Written(text, '#');
            }
        }

        return Significant(value, digits, '#');
    }

    private static string Significant(double value, int digits, char last)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        }

        return value == 0 ? "0" : Written(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), last);
    }

    /// <param name="scientific">A rounded number, as <c>-1.23E+005</c>.</param>
    /// <param name="last"><c>0</c> where zeros at the end are kept, <c>#</c> where they are not.</param>
    private static string Written(string scientific, char last)
    {
        var mark = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        var sign = scientific[0] == '-' ? "-" : "";
        var figures = scientific[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        if (last == '#')
        {
            figures = figures.TrimEnd('0');
        }

        return sign + exponent switch
        {
            < -3 or >= 4 => $"{Pointed(figures, 1)}e{exponent.ToString(CultureInfo.InvariantCulture)}",
            < 0 => "0." + new string('0', -exponent - 1) + figures,
            _ => Pointed(figures.PadRight(exponent + 1, '0'), exponent + 1),
        };

        static string Pointed(string figures, int whole) => figures.Length > whole ? $"{figures[..whole]}.{figures[whole..]}" : figures;
    }
}
