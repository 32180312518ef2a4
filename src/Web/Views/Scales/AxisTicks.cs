using System.Globalization;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Scales;

/// <summary>A tick of an axis.</summary>
/// <param name="Label">Empty for ticks without one.</param>
public sealed record AxisTick(double Value, string Label);

/// <summary>Ticks of an axis at round numbers, each with as many digits as tell it from its neighbours. What js/curves/axis.js does in the browser.</summary>
internal static class AxisTicks
{
    private const int Room = 8;
    private const int DecadesRoom = 10;
    private const double Slack = 1e-9;

    /// <summary>From here on, and below the other, numbers are written with an exponent.</summary>
    private const double LargestFixed = 1e5;
    private const double SmallestFixed = 1e-3;

    /// <summary>Every decade where there are few, every tenth where there are a hundred; within less than two, round numbers as on a linear axis.</summary>
    public static IReadOnlyList<AxisTick> Logarithmic(double low, double high)
    {
        var first = Math.Max(-323, (int)Math.Ceiling(Math.Log10(low) - Slack));
        var last = Math.Min(308, (int)Math.Floor(Math.Log10(high) + Slack));
        var every = (int)Math.Max(1, RoundUp((last - first + 1) / (double)DecadesRoom));
        if (last - first < 1)
        {
            return Linear(low, high);
        }

        return
        [
            .. from exponent in Enumerable.Range(first, last - first + 1)
               let isLabelled = exponent % every == 0
               where isLabelled || every <= 5
               let value = Power(exponent)
               select new AxisTick(value, isLabelled ? NumberText.Axis(value) : ""),
        ];
    }

    public static IReadOnlyList<AxisTick> Linear(double low, double high)
    {
        var step = RoundUp((high / Room) - (low / Room));
        if (!double.IsFinite(step) || step <= 0)
        {
            return [new AxisTick(low, NumberText.Full(low)), new AxisTick(high, NumberText.Full(high))];
        }

        var first = Math.Ceiling((low / step) - Slack);
        double[] values = [.. Enumerable.Range(0, Room + 2).Select(i => (first + i) * step).Where(v => v <= high + (step * Slack)).Select(v => Math.Abs(v) < step * Slack ? 0 : v)];
        var largest = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return [.. values.Select(v => new AxisTick(v, Label(v, Exponent(step), largest is >= LargestFixed or (> 0 and < SmallestFixed))))];
    }

    private static string Label(double value, int lastDigit, bool withExponent) =>
        !withExponent ? value.ToString($"F{Math.Max(0, -lastDigit)}", CultureInfo.InvariantCulture)
        : value == 0 ? "0"
        : value.ToString("0." + new string('0', Math.Max(0, Exponent(value) - lastDigit)) + "e0", CultureInfo.InvariantCulture);

    /// <summary>The smallest of 1, 2 and 5 times a power of ten that is not less.</summary>
    private static double RoundUp(double step)
    {
        var unit = Power(Exponent(step));
        return unit * ((step / unit) switch { <= 1 + Slack => 1, <= 2 + Slack => 2, <= 5 + Slack => 5, _ => 10 });
    }

    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)) + Slack);

    private static double Power(int exponent) => double.Parse(string.Create(CultureInfo.InvariantCulture, $"1e{exponent}"), CultureInfo.InvariantCulture);
}
