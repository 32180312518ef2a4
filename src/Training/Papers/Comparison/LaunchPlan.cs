using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>What would be launched, to be looked at first.</summary>
/// <param name="Sweeps">Together exactly the missing runs, none twice.</param>
/// <param name="LeftOut">Cells for which nothing can be launched, counted by reason.</param>
public sealed record LaunchPlan(IReadOnlyList<SweepSpecification> Sweeps, IReadOnlyList<string> LeftOut)
{
    public int RunCount => Sweeps.Sum(s => s.RunCount);
}
