using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Analysis;

/// <summary>The runs of one optimizer and axis value over seeds, and what they measured.</summary>
public sealed record Cell
{
    public required int Row { get; init; }

    public required double AxisValue { get; init; }

    public required CellState State { get; init; }

    /// <summary>Over the seeds that have a value; null where none has.</summary>
    public required SeedStatistics? Value { get; init; }

    /// <summary>At the end of training and before any seed has reached it: what has been measured on the way; null elsewhere.</summary>
    public InterimValue? Interim { get; init; }

    /// <summary>In the order of seeds.</summary>
    public required IReadOnlyList<SeedResult> Seeds { get; init; }

    /// <summary>Seeds that diverged or exploded: counted, never dropped.</summary>
    public required int Diverged { get; init; }

    /// <summary>Those of them that exploded.</summary>
    public int Exploded => Seeds.Count(s => s.Exploded);

    /// <summary>Seeds that are not trained to the end.</summary>
    public int Pending => Seeds.Count(s => s.Run.Outcome is null);

    /// <summary>Share of the seeds with a result that diverged, in [0, 1].</summary>
    public double DivergedShare => Diverged == 0 ? 0 : (double)Diverged / (Diverged + (Value?.Count ?? 0));

    public int Failed => Seeds.Count(s => s.Run.Outcome == RunOutcome.Failed);

    public bool IsRunning => Seeds.Any(s => s.Run.IsRunning);

    /// <summary>Share of its iterations made, over all seeds.</summary>
    public double Progress => Seeds.Count == 0 ? 0 : Seeds.Average(s => s.Run.Outcome is null ? s.Run.Progress : 1);

    /// <param name="iteration">Evaluation to take, by iterations made; null for the end of the run.</param>
    /// <param name="statistic">What of the evaluations until then; null for the last of them.</param>
    public static Cell Of(int row, double axisValue, IEnumerable<MeasuredRun> runs, Measure measure, int? iteration, RunStatistic? statistic = null)
    {
        SeedResult[] seeds = [.. runs.OrderBy(r => r.Seed).Select(r => ResultOf(r, measure, iteration, statistic ?? RunStatistic.Final))];
        double[] values = [.. seeds.Where(s => double.IsFinite(s.Value)).Select(s => s.Value)];
        var diverged = seeds.Count(s => s.Diverged);
        var state = (values.Length, diverged) switch
        {
            ( > 0, _) => CellState.Measured,
            (_, > 0) => CellState.Diverged,
            _ => StateWithoutValue(seeds),
        };
        return new Cell
        {
            Row = row,
            AxisValue = axisValue,
            Seeds = seeds,
            Value = values.Length == 0 ? null : SeedStatistics.Of(values),
            Diverged = diverged,
            State = state,
            Interim = iteration is null && state is (CellState.Running or CellState.Waiting)
                ? InterimValue.Of(seeds.Select(s => s.Run).Where(r => r.Outcome is null), measure, statistic ?? RunStatistic.Final)
                : null,
        };
    }

    /// <summary>A run that diverged or exploded later still has the values it measured before.</summary>
    private static SeedResult ResultOf(MeasuredRun run, Measure measure, int? iteration, RunStatistic statistic)
    {
        var point = iteration is { } made ? run.Evaluations.FirstOrDefault(e => e.Iteration == made)
            : run.Outcome is { } ended && ended.HasValue() ? run.Evaluations.LastOrDefault()
            : null;
        var value = point is null ? double.NaN : statistic.Of(run.Evaluations, point, measure);
        var exploded = run.Outcome == RunOutcome.Exploded && (iteration is null || iteration >= run.Iterations);
        var diverged = run.Outcome == RunOutcome.Diverged && !double.IsFinite(value)
            && (iteration is null || run.FirstBadIteration is null || run.FirstBadIteration <= iteration);
        return new SeedResult(run, diverged || exploded ? double.NaN : value, diverged || exploded, exploded);
    }

    private static CellState StateWithoutValue(SeedResult[] seeds) =>
        seeds.Length == 0 ? CellState.Missing
        : seeds.Any(s => s.Run.IsRunning) ? CellState.Running
        : seeds.Any(s => s.Run.Outcome is null) ? CellState.Waiting
        : CellState.Ended;
}
