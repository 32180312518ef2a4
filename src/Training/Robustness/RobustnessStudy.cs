using MathNet.Numerics.Statistics;
using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Robustness;

/// <summary>
/// How robust each optimizer of a sweep is to its initial stepsize: the one computation behind pages, exports, reports, API, command line and thumbnails.
/// </summary>
public sealed class RobustnessStudy
{
    private readonly ScoredRow[] _rows;
    private readonly QualityScale _scale;
    private readonly int _seeds;
    private readonly Lazy<IReadOnlyDictionary<int, RowIntervals>> _intervals;
    private readonly Lazy<ToleranceProfile> _profile;

    /// <param name="scores">Runs that have a result, in any order.</param>
    /// <param name="grids">Rows of the sweep; those without a result are left out.</param>
    /// <param name="lost">What a run that diverged counts as: guessing, 1/classes, for accuracies, +∞ for losses; NaN where guessing is not known, and it is left out.</param>
    /// <param name="tolerance">Null for the measure's default.</param>
    /// <param name="floor">Losses below are known to be small, and no more; 0 where nothing is known.</param>
    public RobustnessStudy(
        IReadOnlyCollection<RunScore> scores, IReadOnlyList<RowGrid> grids, Measure measure, double lost, Tolerance? tolerance = null, double floor = 0)
    {
        Measure = measure;
        Lost = lost;
        Floor = floor;
        Tolerance = tolerance ?? Tolerance.DefaultOf(measure);
        _scale = new QualityScale(measure, floor);
        int[] seeds = [.. scores.Select(s => s.Seed).Distinct().Order()];
        _seeds = seeds.Length;
        var byRow = scores.ToLookup(s => s.Row);
        _rows = [.. grids.Where(g => byRow[g.Row].Any()).OrderBy(g => g.Row).Select(g => new ScoredRow(g, [.. byRow[g.Row]], seeds, lost, _scale))];
        Rows = Summarise();
        _intervals = new Lazy<IReadOnlyDictionary<int, RowIntervals>>(Resample);
        _profile = new Lazy<ToleranceProfile>(MakeProfile);
    }

    public Measure Measure { get; }

    /// <summary>What a run that diverged counts as.</summary>
    public double Lost { get; }

    public double Floor { get; }

    public Tolerance Tolerance { get; }

    /// <summary>One for each row with a result so far, in the sweep's order.</summary>
    public IReadOnlyList<RobustnessRow> Rows { get; }

    /// <summary>By the area, the best first, then by the width against the row's own best: what the eye sees on the heatmap. Rows without a number come last.</summary>
    public IReadOnlyList<RobustnessRow> Ranked => [.. Rows.OrderByDescending(r => Rank(r.Area)).ThenByDescending(r => r.OwnBand?.Decades ?? -1).ThenBy(r => r.Row)];

    /// <summary>Whether rows span different initial stepsizes: then their areas and tuning budgets speak of different ranges.</summary>
    public bool RangesDiffer => _rows.Select(r => (Round(r.Grid.Values.Min(v => v.InitialStepsize)), Round(r.Grid.Values.Max(v => v.InitialStepsize)))).Distinct().Count() > 1;

    /// <summary>Width against tolerance.</summary>
    public ToleranceProfile Profile => _profile.Value;

    /// <summary>Intervals by row; null for fewer than three seeds.</summary>
    public RowIntervals? IntervalsOf(int row) => _seeds < SeedResampling.FewestSeeds ? null : _intervals.Value.GetValueOrDefault(row);

    private static double Round(double stepsize) => Math.Round(Math.Log10(stepsize), 6);

    private double Rank(double area) => double.IsNaN(area) ? double.NegativeInfinity : _scale.Of(area);

    private RobustnessRow[] Summarise()
    {
        var qualities = Qualities(null);
        var reference = Reference(qualities);
        return [.. _rows.Select((row, r) => Summarise(row, qualities[r], reference))];
    }

    private RobustnessRow Summarise(ScoredRow row, double[] qualities, double reference)
    {
        double[] scores = [.. row.Cells.Where(c => c.Runs > 0 && !double.IsNaN(c.Score)).Select(c => c.Score)];
        // A row that is lost everywhere has a score, guessing, but no best.
        var best = row.Cells.All(c => c.Diverged == c.Runs) ? -1 : ScoredRow.Best(qualities);
        var worst = scores.Length == 0 ? double.NaN : Measure.IsLargerBetter() ? scores.Min() : scores.Max();
        var isWhole = scores.Length > 0 && scores.All(double.IsFinite);
        var score = best < 0 ? double.NaN : row.Cells[best].Score;
        return new RobustnessRow
        {
            Row = row.Grid.Row,
            Cells = row.Cells,
            Best = best < 0 || Measure.IsLargerBetter() ? score : Math.Max(score, Floor),
            BestAt = best < 0 ? double.NaN : row.Cells[best].AxisValue,
            BestIsBound = best >= 0 && !Measure.IsLargerBetter() && score < Floor,
            Band = row.Band(qualities, best, _scale.Threshold(reference, Tolerance)),
            OwnBand = IsBetterThanGuessing(score) ? row.Band(qualities, best, _scale.Threshold(qualities[best], Tolerance)) : null,
            Mean = isWhole ? scores.Average() : double.NaN,
            Median = Median(scores),
            Worst = worst,
            StandardDeviation = isWhole && scores.Length > 1 ? scores.PopulationStandardDeviation() : double.NaN,
            Area = _scale.Score(row.Area(qualities)),
            Untuned = Untuned(row, qualities, best),
        };
    }

    private UntunedResult? Untuned(ScoredRow row, double[] qualities, int best)
    {
        if (row.Grid.DefaultStepsize is not { } stepsize || row.QualityAt(qualities, stepsize) is not { } quality)
        {
            return null;
        }

        return new UntunedResult(stepsize, _scale.Score(quality), best < 0 ? double.NaN : qualities[best] - quality);
    }

    /// <summary>A row whose best is guessing trains nowhere, and is as bad everywhere: that is no robustness.</summary>
    private bool IsBetterThanGuessing(double best) =>
        !double.IsNaN(best) && (!Measure.IsLargerBetter() || double.IsNaN(Lost) || best > Lost + Execution.OutcomeRule.ChanceMargin);

    private static double Median(double[] scores)
    {
        if (scores.Length == 0)
        {
            return double.NaN;
        }

        double[] sorted = [.. scores.Order()];
        var (low, high) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return double.IsInfinity(high) ? high : 0.5 * (low + high);
    }

    private double[][] Qualities(int[]? drawn)
    {
        var qualities = new double[_rows.Length][];
        for (var r = 0; r < _rows.Length; r++)
        {
            qualities[r] = new double[_rows[r].Cells.Count];
            _rows[r].Qualities(drawn, qualities[r]);
        }

        return qualities;
    }

    /// <summary>The best quality of all rows; −∞ where there is none, and then nothing is within a tolerance of it.</summary>
    private static double Reference(double[][] qualities)
    {
        var best = double.NaN;
        foreach (var row in qualities)
        {
            if (ScoredRow.Best(row) is >= 0 and var at && !(row[at] <= best))
            {
                best = row[at];
            }
        }

        return best;
    }

    private Dictionary<int, RowIntervals> Resample()
    {
        var draws = SeedResampling.Of(_seeds);
        var collected = _rows.Select(_ => (Best: new double[draws.Count], Area: new double[draws.Count], Width: new double[draws.Count], Own: new double[draws.Count])).ToArray();
        for (var d = 0; d < draws.Count; d++)
        {
            var qualities = Qualities(draws[d]);
            var threshold = _scale.Threshold(Reference(qualities), Tolerance);
            for (var r = 0; r < _rows.Length; r++)
            {
                var (row, best) = (_rows[r], ScoredRow.Best(qualities[r]));
                collected[r].Best[d] = best < 0 ? double.NaN : Math.Max(_scale.Score(qualities[r][best]), Measure.IsLargerBetter() ? double.NegativeInfinity : Floor);
                collected[r].Area[d] = _scale.Score(row.Area(qualities[r]));
                collected[r].Width[d] = row.Band(qualities[r], best, threshold)?.Decades ?? 0;
                collected[r].Own[d] = best < 0 ? 0 : row.Band(qualities[r], best, _scale.Threshold(qualities[r][best], Tolerance))!.Decades;
            }
        }

        return _rows.Select((row, r) => (row.Grid.Row, Intervals: new RowIntervals(
            BootstrapInterval.Of(collected[r].Best), BootstrapInterval.Of(collected[r].Area), BootstrapInterval.Of(collected[r].Width), BootstrapInterval.Of(collected[r].Own))))
            .ToDictionary(x => x.Row, x => x.Intervals);
    }

    private ToleranceProfile MakeProfile()
    {
        var qualities = Qualities(null);
        var reference = Reference(qualities);
        var tolerances = Measure.IsLargerBetter() ? ToleranceProfile.Points : ToleranceProfile.Factors;
        return new ToleranceProfile(tolerances, [.. _rows.Select((row, r) =>
        {
            var summary = Rows[r];
            var best = double.IsNaN(summary.BestAt) ? -1 : ScoredRow.Best(qualities[r]);
            return new ProfileRow(
                row.Grid.Row,
                [.. tolerances.Select(t => row.Band(qualities[r], best, _scale.Threshold(reference, t)))],
                [.. tolerances.Select(t => summary.OwnBand is null ? null : row.Band(qualities[r], best, _scale.Threshold(qualities[r][best], t)))]);
        })]);
    }
}
