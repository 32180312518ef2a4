using System.Globalization;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Measures and axis values as people read them on a terminal.</summary>
internal static class MeasureText
{
    private const string Percent = ", %";

    public static double Value(Evaluation evaluation, Measure measure) => measure switch
    {
        Measure.TestAccuracy => evaluation.TestAccuracy,
        Measure.TrainAccuracy => evaluation.TrainAccuracy,
        Measure.TestLoss => evaluation.TestLoss,
        Measure.TrainLoss => evaluation.TrainLoss,
        _ => evaluation.GradientNorm,
    };

    public static string Name(Measure measure) => measure switch
    {
        Measure.TestAccuracy => "test accuracy" + Percent,
        Measure.TrainAccuracy => "training accuracy" + Percent,
        Measure.TestLoss => "test loss",
        Measure.TrainLoss => "training loss",
        _ => "norm of the full gradient",
    };

    /// <summary>Such as <c>test accuracy 95.4%</c>.</summary>
    public static string Phrase(double value, Measure measure)
    {
        var name = Name(measure);
        return name.EndsWith(Percent, StringComparison.Ordinal) ? $"{name[..^Percent.Length]} {Shown(value, measure)}%" : $"{name} {Shown(value, measure)}";
    }

    public static string Shown(double value, Measure measure) =>
        !double.IsFinite(value) ? "–"
        : measure is Measure.TestAccuracy or Measure.TrainAccuracy ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Axis(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
