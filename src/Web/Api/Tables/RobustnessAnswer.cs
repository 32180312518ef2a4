using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Stepsize.Web.Components.Models;

namespace Stepsize.Web.Api.Tables;

/// <summary>How much the result of each optimizer depends on its axis: the summary of the sweep's page.</summary>
public sealed record RobustnessAnswer
{
    /// <summary>The sweep.</summary>
    public required long Sweep { get; init; }

    /// <summary>What is summarised.</summary>
    public required Measure Measure { get; init; }

    /// <summary>When it was measured.</summary>
    public required string At { get; init; }

    /// <summary>How evaluations until then became a run's number.</summary>
    public required string Statistic { get; init; }

    /// <summary>One for each optimizer with a result so far.</summary>
    public required IReadOnlyList<RobustnessRowAnswer> Rows { get; init; }

    internal static RobustnessAnswer Of(SweepView view) => new()
    {
        Sweep = view.Detail.Summary.Id,
        Measure = view.Measure,
        At = view.Moment.Slug,
        Statistic = view.Statistic.Slug,
        Rows = [.. view.Summaries.Select(row => RobustnessRowAnswer.Of(row, view))],
    };
}

/// <summary>Statistics over the means of an optimizer's cells; null where every run diverged.</summary>
public sealed record RobustnessRowAnswer
{
    /// <summary>Its index in the specification, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Its id.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Its title, with the options that tell it apart from others of the sweep.</summary>
    public required string Title { get; init; }

    /// <summary>b0 or lr.</summary>
    public required string Axis { get; init; }

    /// <summary>The best mean.</summary>
    public required double? Best { get; init; }

    /// <summary>The axis value of the best; the smallest where several are equal.</summary>
    public required double? BestAt { get; init; }

    /// <summary>Decades of the axis around the best that stay within a point of the best over all optimizers; null where there is no such band.</summary>
    public required double? Width { get; init; }

    /// <summary>Whether the band reaches an edge of the grid, so that the true width may be more.</summary>
    public required bool WidthIsAtLeast { get; init; }

    /// <summary>Where the band begins.</summary>
    public required double? BandFrom { get; init; }

    /// <summary>Where the band ends.</summary>
    public required double? BandTo { get; init; }

    /// <summary>Mean over the axis.</summary>
    public required double? Mean { get; init; }

    /// <summary>Median over the axis.</summary>
    public required double? Median { get; init; }

    /// <summary>The worst mean.</summary>
    public required double? Worst { get; init; }

    /// <summary>Deviation over the axis, division by n; null for fewer than two cells.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>Runs with a result.</summary>
    public required int Runs { get; init; }

    /// <summary>Of them, those that diverged.</summary>
    public required int Diverged { get; init; }

    internal static RobustnessRowAnswer Of(RobustnessRow row, SweepView view)
    {
        var grid = view.Detail.Specification.Optimizers[row.Row];
        return new RobustnessRowAnswer
        {
            Row = row.Row,
            Optimizer = grid.Optimizer.Id,
            Title = view.RowTitles[row.Row],
            Axis = RobustnessAxisName.Of(grid.Axis),
            Best = Finite.OrNull(row.Best),
            BestAt = Finite.OrNull(row.BestAt),
            Width = row.Band?.Decades,
            WidthIsAtLeast = row.Band?.IsAtLeast ?? false,
            BandFrom = row.Band?.From,
            BandTo = row.Band?.To,
            Mean = Finite.OrNull(row.Mean),
            Median = Finite.OrNull(row.Median),
            Worst = Finite.OrNull(row.Worst),
            StandardDeviation = Finite.OrNull(row.StandardDeviation),
            Runs = row.Runs,
            Diverged = row.Diverged,
        };
    }
}
