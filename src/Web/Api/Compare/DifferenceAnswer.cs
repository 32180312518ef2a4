using Stepsize.Training.Comparison;
using Stepsize.Training.Optimizers;
using Stepsize.Web.Views.Comparison;

namespace Stepsize.Web.Api.Compare;

/// <summary>Differences A − B, paired by seed.</summary>
public sealed record DifferenceAnswer
{
    /// <summary>What is subtracted from: a sweep, or one of its optimizers, as the parameter a takes it.</summary>
    public required string A { get; init; }

    /// <summary>What is subtracted.</summary>
    public required string B { get; init; }

    /// <summary>In what the two differ beside their optimizers.</summary>
    public required IReadOnlyList<FieldAnswer> Fields { get; init; }

    /// <summary>Optimizers of A without a partner.</summary>
    public required IReadOnlyList<TrackAnswer> UnmatchedA { get; init; }

    /// <summary>Optimizers of B without a partner.</summary>
    public required IReadOnlyList<TrackAnswer> UnmatchedB { get; init; }

    /// <summary>One for each axis.</summary>
    public required IReadOnlyList<DifferenceGridAnswer> Grids { get; init; }

    internal static DifferenceAnswer Of(ComparisonDifference difference, ComparisonView view) => new()
    {
        A = difference.A.ToString(),
        B = difference.B.ToString(),
        Fields = [.. difference.Fields.Select(FieldAnswer.Of)],
        UnmatchedA = [.. difference.Pairs.UnmatchedA.Select(t => TrackAnswer.Of(t, view))],
        UnmatchedB = [.. difference.Pairs.UnmatchedB.Select(t => TrackAnswer.Of(t, view))],
        Grids =
        [
            .. difference.Grids.Select(grid => new DifferenceGridAnswer
            {
                Axis = RobustnessAxisName.Of(grid.Axis),
                Scale = grid.Scale,
                Values = grid.Columns,
                Rows =
                [
                    .. grid.Rows.Select(row => new DifferenceRowAnswer
                    {
                        A = TrackAnswer.Of(row.Pair.A, view),
                        B = TrackAnswer.Of(row.Pair.B, view),
                        Overall = MeanAnswer.Of(row.Overall),
                        Cells = [.. row.Cells.Select(DifferenceCellAnswer.Of)],
                    }),
                ],
            }),
        ],
    };
}

/// <summary>Differences on one axis.</summary>
public sealed record DifferenceGridAnswer
{
    /// <summary>b0 or lr.</summary>
    public required string Axis { get; init; }

    /// <summary>Whether values were subtracted, or their logarithms to base 10.</summary>
    public required DifferenceScale Scale { get; init; }

    /// <summary>Axis values of either side, ascending.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>One for each pair of optimizers.</summary>
    public required IReadOnlyList<DifferenceRowAnswer> Rows { get; init; }
}

/// <summary>One optimizer minus another.</summary>
public sealed record DifferenceRowAnswer
{
    /// <summary>What is subtracted from.</summary>
    public required TrackAnswer A { get; init; }

    /// <summary>What is subtracted.</summary>
    public required TrackAnswer B { get; init; }

    /// <summary>Over the axis values of which every seed has a pair; null where there is none.</summary>
    public required MeanAnswer? Overall { get; init; }

    /// <summary>One for each axis value of the grid.</summary>
    public required IReadOnlyList<DifferenceCellAnswer> Cells { get; init; }
}

/// <summary>The difference at one axis value.</summary>
public sealed record DifferenceCellAnswer
{
    /// <summary>The axis value.</summary>
    public required double Value { get; init; }

    /// <summary>What there is to show.</summary>
    public required DifferenceState State { get; init; }

    /// <summary>Mean of the differences of common seeds; null where there is none.</summary>
    public required MeanAnswer? Difference { get; init; }

    /// <summary>Whether zero lies outside the interval; null where there is none.</summary>
    public required bool? IsClear { get; init; }

    /// <summary>Seeds that both sides have runs of.</summary>
    public required int CommonSeeds { get; init; }

    /// <summary>Common seeds that diverged on A's side alone.</summary>
    public required int OnlyADiverged { get; init; }

    /// <summary>Common seeds that diverged on B's side alone.</summary>
    public required int OnlyBDiverged { get; init; }

    /// <summary>Common seeds that diverged on both sides.</summary>
    public required int BothDiverged { get; init; }

    /// <summary>Each common seed that has a value on both sides.</summary>
    public required IReadOnlyList<SeedPair> Pairs { get; init; }

    internal static DifferenceCellAnswer Of(DifferenceCell cell) => new()
    {
        Value = cell.AxisValue,
        State = cell.State,
        Difference = MeanAnswer.Of(cell.Value),
        IsClear = cell.IsClear,
        CommonSeeds = cell.CommonSeeds,
        OnlyADiverged = cell.OnlyADiverged,
        OnlyBDiverged = cell.OnlyBDiverged,
        BothDiverged = cell.BothDiverged,
        Pairs = cell.Pairs,
    };
}
