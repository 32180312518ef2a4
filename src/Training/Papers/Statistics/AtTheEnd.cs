namespace Stepsize.Training.Papers.Statistics;

/// <summary>A measure at the end of training, mean over runs. A run that diverged or exploded has none.</summary>
public sealed record AtTheEnd(CellMeasure Measure) : CellStatistic
{
    public override string Meaning => $"{Measure.Name()} at the end, mean over runs";

    public override CellEstimate? Compute(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        var runs = axis.Single().Runs;
        return runs.Any(r => !r.HasDiverged && r.At(length) is null)
            ? null
            : CellEstimate.OfSeeds([.. runs.Select(r => r.At(length) is { } end && !r.HasExplodedAt(length) ? Measure.Of(end.Evaluation) : double.NaN)]);
    }
}
