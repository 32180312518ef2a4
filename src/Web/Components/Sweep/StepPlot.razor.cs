using System.Text;
using Microsoft.AspNetCore.Components;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Sweep;

/// <summary>Lines over the steps, drawn on the server. What is not greater than 0 and finite interrupts its line.</summary>
public sealed partial class StepPlot
{
    private const int Width = 460;
    private const int Height = 220;
    private const int Left = 62;
    private const int Right = Width - 10;
    private const int Top = 10;
    private const int Bottom = Height - 28;
    private const int MarkersOfALine = 10;

    /// <summary>Of a divergent line no more is shown than this many times the first value of the lines, so that others stay readable.</summary>
    private const double LargestGrowth = 1e6;

    /// <summary>Least share of the largest value that is shown.</summary>
    private const double LeastShare = 1e-24;

    private readonly List<(int Series, List<string> Stretches, List<(double X, double Y)> Markers)> _lines = [];
    private AxisScale _x = null!;
    private AxisScale _y = null!;
    private double _low;
    private double _high;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>A line's index in the series of colours, and its values.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<(int Series, IReadOnlyList<double> Values)> Lines { get; set; }

    /// <summary>Step of the first value.</summary>
    [Parameter]
    public int FirstStep { get; set; }

    [Parameter, EditorRequired]
    public required int LastStep { get; set; }

    protected override void OnParametersSet()
    {
        double[] values = [.. Lines.SelectMany(l => l.Values).Where(Drawable)];
        var first = Lines.Select(l => l.Values.FirstOrDefault(Drawable)).DefaultIfEmpty(0).Max();
        (_low, _high) = values.Length == 0 ? (1, 10) : (values.Min(), Math.Min(values.Max(), first * LargestGrowth));
        _low = Math.Max(_low, _high * LeastShare);
        _x = AxisScale.Linear(FirstStep, Math.Max(LastStep, FirstStep + 1), Left + 6, Right - 6);
        _y = AxisScale.Logarithmic(_low, _high, Bottom - 4, Top + 4);
        _lines.Clear();
        _lines.AddRange(Lines.Select(l => (l.Series, Stretches(l.Values), Markers(l.Values))));
    }

    private static bool Drawable(double value) => double.IsFinite(value) && value > 0;

    private static string P(double position) => NumberText.Css(position);

    private double Y(double value) => _y.At(Math.Clamp(value, _low, _high));

    /// <summary>A few, which tell the lines apart without their colours.</summary>
    private List<(double X, double Y)> Markers(IReadOnlyList<double> values)
    {
        var every = Math.Max(1, (LastStep - FirstStep) / MarkersOfALine);
        return [.. values.Index().Where(v => v.Index % every == 0 && Drawable(v.Item)).Select(v => (_x.At(FirstStep + v.Index), Y(v.Item)))];
    }

    private List<string> Stretches(IReadOnlyList<double> values)
    {
        var stretches = new List<string>();
        var open = new StringBuilder();
        for (var i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && Drawable(values[i]))
            {
                open.Append(P(_x.At(FirstStep + i))).Append(',').Append(P(Y(values[i]))).Append(' ');
            }
            else if (open.Length > 0)
            {
                stretches.Add(open.ToString());
                open.Clear();
            }
        }

        return stretches;
    }
}
