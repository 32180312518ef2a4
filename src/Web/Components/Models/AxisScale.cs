using System.Globalization;

namespace Stepsize.Web.Components.Models;

/// <summary>A tick of an axis.</summary>
/// <param name="Label">Empty for ticks without one.</param>
public sealed record AxisTick(double Value, string Label);

/// <summary>Maps values to positions along one side of a drawing, linearly or by their logarithm, and says where its ticks are.</summary>
public sealed class AxisScale
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    private AxisScale(double low, double high, double from, double to, bool logarithmic)
    {
        IsLogarithmic = logarithmic;
        _low = low;
        _high = high;
        _from = from;
        _to = to;
        Ticks = logarithmic ? DecadeTicks(low, high) : LinearTicks(low, high);
    }

    public bool IsLogarithmic { get; }

    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <param name="from">Position of <paramref name="low"/>.</param>
    /// <param name="to">Position of <paramref name="high"/>; may be smaller, as vertical positions grow downwards.</param>
    public static AxisScale Linear(double low, double high, double from, double to) =>
        high > low ? new(low, high, from, to, logarithmic: false) : new(low - 1, low + 1, from, to, logarithmic: false);

    /// <inheritdoc cref="Linear"/>
    /// <param name="low">Greater than 0.</param>
    public static AxisScale Logarithmic(double low, double high, double from, double to) =>
        high > low ? new(Math.Log10(low), Math.Log10(high), from, to, logarithmic: true)
        : new(Math.Log10(low) - 1, Math.Log10(low) + 1, from, to, logarithmic: true);

    public double At(double value) => _from + (((IsLogarithmic ? Math.Log10(value) : value) - _low) / (_high - _low) * (_to - _from));

    private static List<AxisTick> LinearTicks(double low, double high)
    {
        var raw = (high - low) / 6;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = (raw / magnitude) switch { <= 1.5 => 1, <= 3.5 => 2, <= 7.5 => 5, _ => 10 } * magnitude;
        var ticks = new List<AxisTick>();
        for (var i = (long)Math.Ceiling((low / step) - 1e-9); i * step <= high + (step * 1e-9); i++)
        {
            ticks.Add(new AxisTick(i * step, NumberText.Short(Math.Round(i * step, 12))));
        }

        return ticks;
    }

    /// <summary>Every decade, labelled where at most ten labels fit.</summary>
    private static List<AxisTick> DecadeTicks(double low, double high)
    {
        var (first, last) = ((int)Math.Ceiling(low - 1e-9), (int)Math.Floor(high + 1e-9));
        var every = Math.Max(1, (int)Math.Ceiling((last - first + 1) / 10.0));
        var ticks = new List<AxisTick>();
        for (var exponent = first; exponent <= last; exponent++)
        {
            var value = double.Parse("1e" + exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            ticks.Add(new AxisTick(value, exponent % every == 0 ? NumberText.Axis(value) : ""));
        }

        // Less than a decade: the ends are better than nothing.
        if (ticks.Count < 2)
        {
            ticks = [.. new[] { Math.Pow(10, low), Math.Pow(10, high) }.Select(v => new AxisTick(v, NumberText.Short(v)))];
        }

        return ticks;
    }
}
