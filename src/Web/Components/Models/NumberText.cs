using System.Globalization;
using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Components.Models;

/// <summary>Numbers as pages print them: the one place where they are rounded.</summary>
public static class NumberText
{
    /// <summary>Three significant digits, such as <c>0.0316</c>, <c>12.5</c>, <c>3.16e-5</c>; NaN is <c>NaN</c>, infinities <c>∞</c>.</summary>
    public static string Short(double value) => Significant(value, 3);

    /// <summary>One significant digit where an exponent is needed, else two: <c>3e-20</c>, <c>0.32</c>.</summary>
    public static string Tiny(double value) => Significant(value, Math.Abs(value) is >= 0.001 and < 1000 ? 2 : 1);

    /// <summary>Value of a robustness axis: short, and whole powers of ten as such: <c>0.001</c>, <c>1000</c>, <c>1e6</c>.</summary>
    public static string Axis(double value) => Significant(value, 3);

    /// <summary>A measure without unit: accuracies in per cent with one decimal, others with three significant digits.</summary>
    public static string Of(Measure measure, double value) =>
        double.IsNaN(value) ? "div"
        : measure.IsAccuracy() ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture)
        : Short(value);

    /// <summary>A half-width or deviation in the unit of <see cref="Of"/>.</summary>
    public static string Spread(Measure measure, double value) =>
        measure.IsAccuracy() ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) : Significant(value, 2);

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

    private static string Significant(double value, int digits)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        }

        if (value == 0)
        {
            return "0";
        }

        // Rounding may add a digit: 9.996 has three significant digits as 10.0.
        var rounded = double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(rounded)) + 1e-9);
        return exponent is >= -3 and < 4
            ? rounded.ToString("0." + new string('#', Math.Max(0, digits - 1 - exponent)), CultureInfo.InvariantCulture)
            : rounded.ToString("0." + new string('#', digits - 1) + "e0", CultureInfo.InvariantCulture);
    }
}
