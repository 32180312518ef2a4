using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Api.Tables;

/// <summary>A sweep's heatmap: one measure at one moment, over optimizers and axis values.</summary>
public sealed record HeatmapAnswer
{
    /// <summary>The sweep.</summary>
    public required long Sweep { get; init; }

    /// <summary>What is shown.</summary>
    public required Measure Measure { get; init; }

    /// <summary>When it was measured.</summary>
    public required string At { get; init; }

    /// <summary>What differs between the origins of the runs, such as their data; null where nothing does.</summary>
    public required string? MixedProvenance { get; init; }

    /// <summary>How evaluations until then became a run's number.</summary>
    public required string Statistic { get; init; }

    /// <summary>One for each axis of the sweep: b0 and lr are different scales.</summary>
    public required IReadOnlyList<HeatmapGridAnswer> Grids { get; init; }

    internal static HeatmapAnswer Of(SweepView view) => new()
    {
        Sweep = view.Detail.Summary.Id,
        Measure = view.Measure,
        MixedProvenance = view.Mixed,
        At = view.Moment.Slug,
        Statistic = view.Statistic.Slug,
        Grids =
        [
            .. view.Grids.Select(grid => new HeatmapGridAnswer
            {
                Axis = RobustnessAxisName.Of(grid.Axis),
                Values = grid.Columns,
                Rows =
                [
                    .. grid.Rows.Select(row => new HeatmapRowAnswer
                    {
                        Row = row.Row,
                        Optimizer = view.Detail.Specification.Optimizers[row.Row].Optimizer.Id,
                        Title = view.RowTitles[row.Row],
                        Cells = [.. row.Cells.Select(HeatmapCellAnswer.Of)],
                    }),
                ],
            }),
        ],
    };
}

/// <summary>The optimizers of one axis.</summary>
public sealed record HeatmapGridAnswer
{
    /// <summary>b0 or lr.</summary>
    public required string Axis { get; init; }

    /// <summary>Axis values of any row, ascending.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>One for each optimizer.</summary>
    public required IReadOnlyList<HeatmapRowAnswer> Rows { get; init; }
}

/// <summary>One optimizer.</summary>
public sealed record HeatmapRowAnswer
{
    /// <summary>Its index in the specification, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Its id.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Its title, with the options that tell it apart from others of the sweep.</summary>
    public required string Title { get; init; }

    /// <summary>One for each axis value of the grid; missing where the row does not have it.</summary>
    public required IReadOnlyList<HeatmapCellAnswer> Cells { get; init; }
}

/// <summary>The runs of one optimizer and axis value, over seeds.</summary>
public sealed record HeatmapCellAnswer
{
    /// <summary>The axis value.</summary>
    public required double Value { get; init; }

    /// <summary>What there is to show.</summary>
    public required CellState State { get; init; }

    /// <summary>Mean over the seeds that have a value; null where none has.</summary>
    public required double? Mean { get; init; }

    /// <summary>Half of Student's 95% interval of the mean; null for fewer than two seeds.</summary>
    public required double? HalfWidth { get; init; }

    /// <summary>Seeds that have a value.</summary>
    public required int Count { get; init; }

    /// <summary>Seeds that diverged: counted, never averaged.</summary>
    public required int Diverged { get; init; }

    /// <summary>Seeds that are not trained to the end.</summary>
    public required int Pending { get; init; }

    /// <summary>Seeds that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Each seed, in order.</summary>
    public required IReadOnlyList<HeatmapSeedAnswer> Seeds { get; init; }

    internal static HeatmapCellAnswer Of(Cell cell) => new()
    {
        Value = cell.AxisValue,
        State = cell.State,
        Mean = cell.Value?.Mean,
        HalfWidth = Finite.OrNull(cell.Value?.HalfWidth),
        Count = cell.Value?.Count ?? 0,
        Diverged = cell.Diverged,
        Pending = cell.Pending,
        Failed = cell.Failed,
        Seeds = [.. cell.Seeds.Select(s => new HeatmapSeedAnswer { Seed = s.Run.Seed, Run = s.Run.Key, Value = Finite.OrNull(s.Value), Diverged = s.Diverged })],
    };
}

/// <summary>One run of a cell.</summary>
public sealed record HeatmapSeedAnswer
{
    /// <summary>Its seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The run's number.</summary>
    public required long Run { get; init; }

    /// <summary>What it measured; null where it has no result, or has diverged.</summary>
    public required double? Value { get; init; }

    /// <summary>Whether it has diverged by then.</summary>
    public required bool Diverged { get; init; }
}

/// <summary>Statistics that may not exist.</summary>
internal static class Finite
{
    /// <summary>Null where there is no number to say.</summary>
    public static double? OrNull(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
