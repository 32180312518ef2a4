using Stepsize.Training.Analysis;

namespace Stepsize.Web.Views.Text;

/// <summary>Names of the intervals that verdicts rest on, for columns and programs; a verdict's reason says the same in a sentence.</summary>
public static class IntervalText
{
    /// <summary>What each name means, for a column's description.</summary>
    public const string Meaning =
        "Interval that the verdict rests on: welch (both spreads), pooled (both spreads, one side with at least four times the runs), ours (our spread, the paper prints none), "
        + "published (the paper's spread, one run here) or bootstrap (a statistic over a grid, seeds drawn again).";

    public static string Of(IntervalBasis basis) => basis switch
    {
        IntervalBasis.BothSpreads => "welch",
        IntervalBasis.PooledSpreads => "pooled",
        IntervalBasis.OurSpread => "ours",
        IntervalBasis.PublishedSpread => "published",
        _ => "bootstrap",
    };
}
