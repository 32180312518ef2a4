using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Components.Models;

/// <summary>
/// Colours of one measure between its worst and best value: bright is better, whichever way the measure runs. Losses and gradient norms are spread over a log scale.
/// </summary>
public sealed class ColorScale
{
    private readonly bool _logarithmic;
    private readonly double _worst;
    private readonly double _best;

    /// <param name="low">Smallest value shown.</param>
    /// <param name="high">Largest value shown.</param>
    public ColorScale(Measure measure, double low, double high)
    {
        Measure = measure;
        Worst = measure.IsLargerBetter() ? low : high;
        Best = measure.IsLargerBetter() ? high : low;
        _logarithmic = !measure.IsAccuracy() && low > 0;
        _worst = _logarithmic ? Math.Log(Worst) : Worst;
        _best = _logarithmic ? Math.Log(Best) : Best;
    }

    public Measure Measure { get; }

    public double Worst { get; }

    public double Best { get; }

    /// <summary>0 for the worst, 1 for the best.</summary>
    public double Share(double value) =>
        _best == _worst ? 1 : ((_logarithmic ? Math.Log(value) : value) - _worst) / (_best - _worst);

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
}
