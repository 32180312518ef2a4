using Stepsize.Training.Analysis;

namespace Stepsize.Training.Papers.Statistics;

/// <summary>Names of summaries, for people.</summary>
internal static class SummaryName
{
    public static string Of(AxisSummary summary) => summary switch
    {
        AxisSummary.Max => "largest",
        AxisSummary.Min => "smallest",
        AxisSummary.Median => "median",
        AxisSummary.Mean => "mean",
        _ => "standard deviation",
    };
}
