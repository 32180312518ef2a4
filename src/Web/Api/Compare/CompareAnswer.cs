using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Tables;
using Stepsize.Web.Views.Comparison;

namespace Stepsize.Web.Api.Compare;

/// <summary>Sweeps side by side, as /compare shows them.</summary>
public sealed record CompareAnswer
{
    /// <summary>What was asked for and is not shown, in sentences.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>What is compared.</summary>
    public required Measure Measure { get; init; }

    /// <summary>When it was measured.</summary>
    public required string At { get; init; }

    /// <summary>How evaluations until then became a run's number.</summary>
    public required string Statistic { get; init; }

    /// <summary>In what the sweeps differ beside their optimizers.</summary>
    public required IReadOnlyList<FieldAnswer> Fields { get; init; }

    /// <summary>One for each sweep, in its order.</summary>
    public required IReadOnlyList<HeatmapAnswer> Heatmaps { get; init; }

    /// <summary>One minus another; null where there is nothing to subtract.</summary>
    public required DifferenceAnswer? Difference { get; init; }

    /// <summary>What tuning gives, for each optimizer that is compared.</summary>
    public required IReadOnlyList<BudgetAnswer> Budgets { get; init; }

    internal static CompareAnswer Of(ComparisonView view) => new()
    {
        Notices = view.Notices,
        Measure = view.Measure,
        At = view.Moment.Slug,
        Statistic = view.Statistic.Slug,
        Fields = [.. view.Fields.Select(FieldAnswer.Of)],
        Heatmaps = [.. view.Heatmaps.Select(HeatmapAnswer.Of)],
        Difference = view.Difference is { } difference ? DifferenceAnswer.Of(difference, view) : null,
        Budgets = [.. view.Budgets.Select(b => BudgetAnswer.Of(b, view))],
    };
}

/// <summary>Something in which compared sweeps are not the same.</summary>
public sealed record FieldAnswer
{
    /// <summary>Such as batch size.</summary>
    public required string Name { get; init; }

    /// <summary>One for each sweep, in their order.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Whether it changes what a run computes, so that results are not of the same experiment.</summary>
    public required bool IsProtocol { get; init; }

    internal static FieldAnswer Of(DifferingField field) => new() { Name = field.Name, Values = field.Values, IsProtocol = field.IsProtocol };
}

/// <summary>One optimizer of one sweep.</summary>
public sealed record TrackAnswer
{
    /// <summary>The sweep.</summary>
    public required long Sweep { get; init; }

    /// <summary>Index of the optimizer in the sweep's specification, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>The optimizer's id.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Its title, with what tells it apart.</summary>
    public required string Title { get; init; }

    internal static TrackAnswer Of(ComparedTrack track, ComparisonView view) =>
        new() { Sweep = track.Sweep.Id, Row = track.Row, Optimizer = track.Grid.Optimizer.Id, Title = view.TitleOf(track) };
}

/// <summary>A mean over seeds.</summary>
public sealed record MeanAnswer
{
    /// <summary>Seeds, or pairs of seeds, that it is over.</summary>
    public required int Count { get; init; }

    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Half of Student's 95% interval; null for one seed.</summary>
    public required double? HalfWidth { get; init; }

    internal static MeanAnswer? Of(SeedStatistics? value) =>
        value is null ? null : new MeanAnswer { Count = value.Count, Mean = value.Mean, HalfWidth = Finite.OrNull(value.HalfWidth) };
}

/// <summary>An expected best.</summary>
public sealed record ExpectedAnswer
{
    /// <summary>Seeds that it is over.</summary>
    public required int Count { get; init; }

    /// <summary>Their mean; null while it is infinite, for all values tried may diverge.</summary>
    public required double? Mean { get; init; }

    /// <summary>Lower end of the 95% bootstrap interval; null for fewer than three seeds.</summary>
    public required double? Low { get; init; }

    /// <summary>Upper end.</summary>
    public required double? High { get; init; }
}

/// <summary>The expected best result when so many values of the axis are tried at random.</summary>
public sealed record BudgetAnswer
{
    /// <summary>The optimizer.</summary>
    public required TrackAnswer Track { get; init; }

    /// <summary>Axis values of the optimizer.</summary>
    public required int Values { get; init; }

    /// <summary>Runs that diverged and count as <see cref="DivergedAs"/>.</summary>
    public required int Diverged { get; init; }

    /// <summary>What a diverged run counts as; null where nothing tells.</summary>
    public required double? DivergedAs { get; init; }

    /// <summary>The expected best of 1, 2, … values tried.</summary>
    public required IReadOnlyList<ExpectedAnswer> Expected { get; init; }

    /// <summary>Mean over the numbers of values tried, by trapezoids; null while it is infinite.</summary>
    public required double? Area { get; init; }

    internal static BudgetAnswer Of(BudgetCurve curve, ComparisonView view) => new()
    {
        Track = TrackAnswer.Of(curve.Track, view),
        Values = curve.Values,
        Diverged = curve.Diverged,
        DivergedAs = Finite.OrNull(curve.DivergedAs),
        Expected =
        [
            .. curve.Points.Select(p => new ExpectedAnswer
            {
                Count = curve.Seeds, Mean = Finite.OrNull(p.Expected), Low = p.Interval?.Low, High = p.Interval?.High,
            }),
        ],
        Area = Finite.OrNull(curve.Area),
    };
}
