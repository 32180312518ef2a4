namespace Stepsize.Web.Views.Scales;

/// <summary>Maps values to positions along one side of a drawing, linearly or by their logarithm, and says where its ticks are.</summary>
public sealed class AxisScale
{
    /// <summary>Ends that are closer, as shares of their size, are one number to whoever counts ticks between them.</summary>
    private const double LeastSpan = 1e-12;

    private readonly double _low;
    private readonly double _length;
    private readonly double _from;
    private readonly double _to;

    private AxisScale(double low, double high, double from, double to, bool logarithmic)
    {
        IsLogarithmic = logarithmic;
        _from = from;
        _to = to;
        _low = Inner(low);
        _length = Inner(high) - _low;
        Ticks = logarithmic ? AxisTicks.Logarithmic(low, high) : AxisTicks.Linear(low, high);
    }

    public bool IsLogarithmic { get; }

    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <param name="from">Position of <paramref name="low"/>.</param>
    /// <param name="to">Position of <paramref name="high"/>; may be smaller, as vertical positions grow downwards.</param>
    public static AxisScale Linear(double low, double high, double from, double to)
    {
        (low, high) = (Math.Max(low, -double.MaxValue), Math.Min(high, double.MaxValue));
        if (!(high > low))
        {
            var room = Math.Max(1, Math.Abs(low) * 1e-3);
            return new(Math.Max(low - room, -double.MaxValue), Math.Min(low + room, double.MaxValue), from, to, logarithmic: false);
        }

        var least = Math.Max(Math.Abs(low) * LeastSpan, 1e-300);
        return (high / 2) - (low / 2) < least / 2 ? new(low - least, low + least, from, to, logarithmic: false) : new(low, high, from, to, logarithmic: false);
    }

    /// <inheritdoc cref="Linear"/>
    /// <param name="low">Greater than 0.</param>
    public static AxisScale Logarithmic(double low, double high, double from, double to)
    {
        (low, high) = (Math.Max(low, double.Epsilon), Math.Min(high, double.MaxValue));
        return high > low * (1 + LeastSpan) ? new(low, high, from, to, logarithmic: true)
            : new(Math.Max(low / 10, double.Epsilon), Math.Min(low * 10, double.MaxValue), from, to, logarithmic: true);
    }

    public double At(double value) => _from + ((Inner(value) - _low) / _length * (_to - _from));

    /// <summary>Halved, so that no difference of two numbers is infinite.</summary>
    private double Inner(double value) => IsLogarithmic ? Math.Log10(value) : value / 2;
}
