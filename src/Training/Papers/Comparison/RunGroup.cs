using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>Runs that differ in axis value and seed alone.</summary>
/// <param name="Runs">At least one.</param>
internal sealed record RunGroup(IReadOnlyList<StoredRun> Runs)
{
    /// <summary>How close two axis values are that count as the same: grids computed from logarithms miss round numbers by the last bits.</summary>
    private const double ValueTolerance = 1e-9;

    /// <summary>Of one of them; axis value and seed say nothing about the others.</summary>
    public RunConfiguration Configuration => Runs[0].Configuration;

    public RunLength Length => new(Configuration.Epochs, Configuration.Iterations);

    public static bool IsSameValue(double a, double b) => Math.Abs(a - b) <= ValueTolerance * Math.Abs(b);

    /// <summary>The runs of one axis value, one a seed, with a result where there is one, the newest of equals.</summary>
    public static IReadOnlyList<StoredRun> OfValue(IEnumerable<StoredRun> runs, double value) =>
    [
        .. runs.Where(r => IsSameValue(r.Configuration.AxisValue, value))
            .GroupBy(r => r.Configuration.Seed)
            .OrderBy(g => g.Key)
            .Select(g => g.OrderByDescending(r => r.HasResult).ThenByDescending(r => r.RunId).First()),
    ];
}
