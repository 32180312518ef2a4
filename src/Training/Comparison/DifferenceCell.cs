using Stepsize.Training.Analysis;

namespace Stepsize.Training.Comparison;

/// <summary>One seed that both sides have a value for.</summary>
/// <param name="Difference">A − B on the scale of the grid.</param>
public sealed record SeedPair(int Seed, double A, double B, double Difference);

/// <summary>
/// The difference of two cells, paired by seed: equal seeds start from the same weights and see the same batches, so what a seed does to both cancels. The
/// interval is Student's over the differences. Seeds that diverged on a side are counted beside it, never averaged or left unsaid.
/// </summary>
public sealed record DifferenceCell
{
    public required double AxisValue { get; init; }

    /// <summary>Null where A has no run here.</summary>
    public required Cell? A { get; init; }

    /// <summary>Null where B has no run here.</summary>
    public required Cell? B { get; init; }

    public required DifferenceState State { get; init; }

    /// <summary>By seed.</summary>
    public required IReadOnlyList<SeedPair> Pairs { get; init; }

    /// <summary>Mean of the pairs' differences and its interval; null where there is no pair. One pair gives no interval.</summary>
    public required SeedStatistics? Value { get; init; }

    /// <summary>Seeds that both have runs of.</summary>
    public int CommonSeeds { get; init; }

    /// <summary>Common seeds that diverged on A's side alone.</summary>
    public int OnlyADiverged { get; init; }

    /// <summary>Common seeds that diverged on B's side alone.</summary>
    public int OnlyBDiverged { get; init; }

    public int BothDiverged { get; init; }

    public int Diverged => OnlyADiverged + OnlyBDiverged + BothDiverged;

    /// <summary>Whether zero lies outside the interval; null where there is none.</summary>
    public bool? IsClear => Value is { HalfWidth: var half, Mean: var mean } && double.IsFinite(half) ? Math.Abs(mean) > half : null;

    public static DifferenceCell Of(double axisValue, Cell? a, Cell? b, DifferenceScale scale)
    {
        if (a is null || b is null || a.Seeds.Count == 0 || b.Seeds.Count == 0)
        {
            return new DifferenceCell { AxisValue = axisValue, A = a, B = b, State = DifferenceState.Missing, Pairs = [], Value = null };
        }

        (SeedResult A, SeedResult B)[] common = [.. a.Seeds.Join(b.Seeds, s => s.Run.Seed, s => s.Run.Seed, (x, y) => (x, y)).OrderBy(p => p.x.Run.Seed)];
        SeedPair[] pairs = [.. common.Select(p => Pair(p.A, p.B, scale)).OfType<SeedPair>()];
        var both = common.Count(p => p.A.Diverged && p.B.Diverged);
        var (onlyA, onlyB) = (common.Count(p => p.A.Diverged) - both, common.Count(p => p.B.Diverged) - both);
        return new DifferenceCell
        {
            AxisValue = axisValue,
            A = a,
            B = b,
            Pairs = pairs,
            Value = pairs.Length == 0 ? null : SeedStatistics.Of([.. pairs.Select(p => p.Difference)]),
            CommonSeeds = common.Length,
            OnlyADiverged = onlyA,
            OnlyBDiverged = onlyB,
            BothDiverged = both,
            State = common.Length == 0 ? DifferenceState.NoCommonSeed
                : pairs.Length > 0 ? DifferenceState.Measured
                : both > 0 || (onlyA > 0 && onlyB > 0) ? DifferenceState.BothDiverged
                : onlyA > 0 ? DifferenceState.OnlyADiverged
                : onlyB > 0 ? DifferenceState.OnlyBDiverged
                : DifferenceState.Waiting,
        };
    }

    private static SeedPair? Pair(SeedResult a, SeedResult b, DifferenceScale scale)
    {
        var difference = scale == DifferenceScale.Decades ? Math.Log10(a.Value) - Math.Log10(b.Value) : a.Value - b.Value;
        return double.IsFinite(a.Value) && double.IsFinite(b.Value) && double.IsFinite(difference) ? new SeedPair(a.Run.Seed, a.Value, b.Value, difference) : null;
    }
}
