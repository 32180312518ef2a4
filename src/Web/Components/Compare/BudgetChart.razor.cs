using Microsoft.AspNetCore.Components;
using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Compare;

/// <summary>The tuning budget of every optimizer compared, drawn on the server.</summary>
public sealed partial class BudgetChart
{
    private const int Width = 940;
    private const int Height = 330;
    private const int Left = 62;
    private const int Right = Width - 14;
    private const int Top = 10;
    private const int Bottom = Height - 48;
    private const int MostTicks = 13;

    private AxisScale _x = null!;
    private AxisScale _y = null!;

    [Parameter, EditorRequired]
    public required ComparisonView View { get; set; }

    /// <summary>The largest number of values tried by any.</summary>
    private int Most => View.Budgets.Count == 0 ? 0 : View.Budgets.Max(b => b.Points.Count);

    private IEnumerable<int> TriedTicks
    {
        get
        {
            var every = Math.Max(1, (int)Math.Ceiling(Most / (double)MostTicks));
            return Enumerable.Range(1, Math.Max(Most, 1)).Where(k => (k - 1) % every == 0);
        }
    }

    protected override void OnParametersSet()
    {
        _x = AxisScale.Linear(1, Math.Max(2, Most), Left + 12, Right - 12);
        double[] means = [.. View.Budgets.SelectMany(b => b.Points).Select(p => p.Expected).Where(double.IsFinite)];
        var (low, high) = means.Length == 0 ? (0, 1) : (means.Min(), means.Max());
        _y = !View.Measure.IsAccuracy() && low > 0
            ? AxisScale.Logarithmic(low, high, Bottom - 6, Top + 6)
            : AxisScale.Linear(Shown(low), Shown(high), Bottom - 6, Top + 6);
    }

    private static string P(double position) => NumberText.Css(position);

    /// <summary>Per cent are what the ticks say.</summary>
    private double Shown(double value) => View.Measure.IsAccuracy() ? 100 * value : value;

    private double Y(double value) => Math.Clamp(_y.At(_y.IsLogarithmic ? Math.Max(value, double.Epsilon) : Shown(value)), Top, Bottom);

    private string Line(BudgetCurve curve) => string.Join(' ', curve.Points.Where(p => double.IsFinite(p.Expected)).Select(p => $"{P(_x.At(p.Tried))},{P(Y(p.Expected))}"));

    private string Band(BudgetCurve curve) => string.Join(' ', [
        .. curve.Points.Select(p => $"{P(_x.At(p.Tried))},{P(Y(p.Interval!.Value.High))}"),
        .. curve.Points.Reverse().Select(p => $"{P(_x.At(p.Tried))},{P(Y(p.Interval!.Value.Low))}"),
    ]);
}
