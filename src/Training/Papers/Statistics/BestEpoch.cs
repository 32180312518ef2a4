namespace Stepsize.Training.Papers.Statistics;

/// <summary>The best test accuracy of all epochs, mean over runs: "Block-normalized gradient" (ICLR 2018 submission), table 4, calls it best validation accuracy.</summary>
public sealed record BestEpoch : CellStatistic
{
    public override string Meaning => "best test accuracy over epochs, mean over runs";

    public override bool NeedsEveryEpoch => true;

    public override CellEstimate? Compute(IReadOnlyList<AxisRuns> axis, RunLength length) =>
        CellEstimate.OfSeeds([.. axis.Single().Runs.Select(r => Of(r, length))]);

    /// <summary>NaN for a run that diverged before its first evaluation.</summary>
    internal static double Of(StoredRun run, RunLength length) =>
        run.Until(length).Select(e => e.Evaluation.TestAccuracy).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
}
