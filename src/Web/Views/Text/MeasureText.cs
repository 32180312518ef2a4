using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Views.Text;

/// <summary>Measures in words and in addresses.</summary>
public static class MeasureText
{
    public static IReadOnlyList<Measure> All { get; } = Enum.GetValues<Measure>();

    public static string Title(Measure measure) => measure switch
    {
        Measure.TestAccuracy => "test accuracy",
        Measure.TrainAccuracy => "train accuracy",
        Measure.TestTopFiveAccuracy => "top-5 test accuracy",
        Measure.TestLoss => "test loss",
        Measure.TrainLoss => "train loss",
        _ => "gradient norm",
    };

    /// <summary>With the unit, for captions and axes.</summary>
    public static string Caption(Measure measure) => measure.IsAccuracy() ? Title(measure) + ", %" : Title(measure);

    public static string Slug(Measure measure) => Title(measure).Replace(' ', '-');

    public static Measure? Parse(string? slug) => All.Where(m => Slug(m) == slug).Select(m => (Measure?)m).FirstOrDefault();
}
