namespace Stepsize.Training.Papers.Statistics;

/// <summary>One coordinate of the parameters at the end of a deterministic run (Zhang, Lipton, Li and Smola 2019, section 10.7.2).</summary>
/// <param name="Index">Counted from 0.</param>
public sealed record FinalParameter(int Index) : CellStatistic
{
    public override string Meaning => $"x{Index + 1} at the end";

    public override bool CanStopEarlier => false;

    public override CellEstimate? Compute(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        var runs = axis.Single().Runs;
        return runs.Any(r => r.FinalParameters is null || r.FinalParameters.Count <= Index) ? null : CellEstimate.OfSeeds([.. runs.Select(r => r.HasDiverged ? double.NaN : r.FinalParameters![Index])]);
    }
}
