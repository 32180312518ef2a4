using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Scales;

/// <summary>
/// Colours of one measure between its worst and best value: bright is better, whichever way the measure runs. Losses and gradient norms are spread over a log scale.
/// What lies beyond the ends has their colour, and the ends say so.
/// </summary>
public sealed class ColorScale
{
    private readonly ShownRange _range;
    private readonly bool _largerIsBetter;
    private readonly double _worst;
    private readonly double _best;

    public ColorScale(Measure measure, ShownRange range)
    {
        Measure = measure;
        _range = range;
        _largerIsBetter = measure.IsLargerBetter();
        Worst = _largerIsBetter ? range.Low : range.High;
        Best = _largerIsBetter ? range.High : range.Low;
        _worst = Place(Worst);
        _best = Place(Best);
    }

    public Measure Measure { get; }

    /// <summary>The worst value told apart from worse ones.</summary>
    public double Worst { get; }

    /// <summary>The best value told apart from better ones.</summary>
    public double Best { get; }

    /// <summary>For legends: the value, or from where on everything looks alike and how far that goes.</summary>
    public string WorstText => _largerIsBetter ? LowText : HighText;

    /// <inheritdoc cref="WorstText"/>
    public string BestText => _largerIsBetter ? HighText : LowText;

    private string LowText => _range.HasBelow ? $"≤ {NumberText.Of(Measure, _range.Low)} (down to {NumberText.Of(Measure, _range.Smallest)})" : NumberText.Of(Measure, _range.Low);

    private string HighText => _range.HasAbove ? $"≥ {NumberText.Of(Measure, _range.High)} (up to {NumberText.Of(Measure, _range.Largest)})" : NumberText.Of(Measure, _range.High);

    /// <summary>0 for the worst and all that is worse, 1 for the best and all that is better.</summary>
    public double Share(double value) => _best == _worst
        ? (value < _range.Low ? !_largerIsBetter : value <= _range.High || _largerIsBetter) ? 1 : 0
        : Math.Clamp((Place(value) - _worst) / (_best - _worst), 0, 1);

    /// <summary>Background and text colour of a cell.</summary>
    public string Style(double value)
    {
        var color = Cividis.At(Share(value));
        return $"background:rgb({color.R} {color.G} {color.B});color:{Cividis.InkOn(color)}";
    }

    public string Fill(double value)
    {
        var color = Cividis.At(Share(value));
        return $"rgb({color.R} {color.G} {color.B})";
    }

    private double Place(double value) => _range.IsLogarithmic ? Math.Log(Math.Max(value, double.Epsilon)) : value;
}
