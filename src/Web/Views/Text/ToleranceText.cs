using System.Globalization;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Views.Text;

/// <summary>Tolerances in words.</summary>
public static class ToleranceText
{
    /// <summary>For a switch: <c>2 points</c>, <c>10×</c>, <c>≤ 1e-8</c>.</summary>
    public static string Short(Tolerance tolerance) => tolerance.Kind switch
    {
        ToleranceKind.Points => tolerance.Value == 1 ? "1 point" : $"{Number(tolerance)} points",
        ToleranceKind.Factor => $"{Number(tolerance)}×",
        _ => $"≤ {NumberText.Axis(tolerance.Value)}",
    };

    /// <summary>After "stays": <c>within 2 points of the best of all rows</c>.</summary>
    /// <param name="reference">Such as <c>the best of all rows</c>.</param>
    public static string Within(Tolerance tolerance, string reference) => tolerance.Kind switch
    {
        ToleranceKind.Points => $"within {Short(tolerance)} of {reference}",
        ToleranceKind.Factor => $"within {Number(tolerance)} times {reference}",
        _ => $"at or below {NumberText.Axis(tolerance.Value)}",
    };

    /// <summary>Why a tolerance is none; null where it is one of the measure, or of some measure where that is not said.</summary>
    public static string? Fault(string slug, Measure? measure) =>
        (measure is { } known ? [known] : MeasureText.All).Any(m => Tolerance.Parse(slug, m) is not null) ? null
        : measure is { } one ? $"\"{Quoted(slug)}\" is no tolerance of {MeasureText.Title(one)}; give {Tolerance.AllowedFor(one)}."
        : $"\"{Quoted(slug)}\" is no tolerance; give {Tolerance.AllowedFor(Measure.TestAccuracy)}, or for losses {Tolerance.AllowedFor(Measure.TrainLoss)}.";

    private static string Quoted(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Number(Tolerance tolerance) => tolerance.Value.ToString("0.###", CultureInfo.InvariantCulture);
}
