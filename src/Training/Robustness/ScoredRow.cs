
namespace Stepsize.Training.Robustness;

/// <summary>The cells of one row with what each seed counts as: scores for all seeds, or for seeds drawn again.</summary>
internal sealed class ScoredRow
{
    private readonly double[] _logStepsize;
    private readonly double[][] _bySeed;
    private readonly QualityScale _scale;

    /// <param name="seeds">All of the study, in a fixed order.</param>
    /// <param name="lost">What a run that diverged counts as.</param>
    public ScoredRow(RowGrid grid, IReadOnlyCollection<RunScore> scores, IReadOnlyList<int> seeds, double lost, QualityScale scale)
    {
        Grid = grid;
        _scale = scale;
        _logStepsize = [.. grid.Values.Select(v => Math.Log10(v.InitialStepsize))];
        var byValue = scores.ToLookup(s => s.AxisValue);
        var places = seeds.Index().ToDictionary(s => s.Item, s => s.Index);
        _bySeed = new double[grid.Values.Count][];
        var cells = new RobustnessCell[grid.Values.Count];
        foreach (var (i, value) in grid.Values.Index())
        {
            var runs = byValue[value.AxisValue].ToList();
            _bySeed[i] = new double[seeds.Count];
            Array.Fill(_bySeed[i], double.NaN);
            foreach (var run in runs)
            {
                _bySeed[i][places[run.Seed]] = run.Diverged ? lost : run.Value;
            }

            double[] values = [.. runs.Where(r => !r.Diverged).Select(r => r.Value)];
            cells[i] = new RobustnessCell(
                value.AxisValue, value.InitialStepsize, runs.Count, runs.Count(r => r.Diverged), runs.Count(r => r.Exploded),
                values.Length == 0 ? double.NaN : values.Average(), StudentInterval.HalfWidth(values), Mean(_bySeed[i], null));
        }

        Cells = cells;
    }

    public RowGrid Grid { get; }

    public IReadOnlyList<RobustnessCell> Cells { get; }

    /// <summary>The quality of each cell over seeds drawn again, by their places; NaN where none of them has a result.</summary>
    /// <param name="drawn">Null for every seed once.</param>
    public void Qualities(int[]? drawn, Span<double> qualities)
    {
        for (var i = 0; i < _bySeed.Length; i++)
        {
            var score = drawn is null ? Cells[i].Score : Mean(_bySeed[i], drawn);
            qualities[i] = double.IsNaN(score) ? double.NaN : _scale.Of(score);
        }
    }

    /// <summary>The first cell of the best quality; −1 where there is none above −∞.</summary>
    public static int Best(ReadOnlySpan<double> qualities)
    {
        var best = -1;
        for (var i = 0; i < qualities.Length; i++)
        {
            if (qualities[i] > (best < 0 ? double.NegativeInfinity : qualities[best]))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>Mean quality over log s₀ by trapezoids, over the cells that have one; NaN where none has.</summary>
    public double Area(ReadOnlySpan<double> qualities)
    {
        var (last, sum, width, mean, count) = (-1, 0.0, 0.0, 0.0, 0);
        for (var i = 0; i < qualities.Length; i++)
        {
            if (double.IsNaN(qualities[i]))
            {
                continue;
            }

            if (last >= 0)
            {
                var step = Math.Abs(_logStepsize[i] - _logStepsize[last]);
                sum += step * 0.5 * (qualities[i] + qualities[last]);
                width += step;
            }

            (last, mean, count) = (i, mean + qualities[i], count + 1);
        }

        // Without any width, as for one value or a rule that forgets its axis, every cell counts the same.
        return count == 0 ? double.NaN : width > 0 ? sum / width : mean / count;
    }

    /// <summary>The band around the best cell in which the quality is at least the threshold; null where the best itself is not.</summary>
    public RobustBand? Band(ReadOnlySpan<double> qualities, int best, double threshold)
    {
        if (best < 0 || !(qualities[best] >= threshold))
        {
            return null;
        }

        var first = Edge(qualities, best, -1, threshold);
        var last = Edge(qualities, best, 1, threshold);
        return new RobustBand(first.Value, last.Value, first.IsCensored, last.IsCensored, Math.Abs(last.LogStepsize - first.LogStepsize));
    }

    /// <summary>Score at a stepsize, straight between the cells beside it; null where it lies outside the grid or beside a cell without a result.</summary>
    public double? QualityAt(ReadOnlySpan<double> qualities, double stepsize)
    {
        var at = Math.Log10(stepsize);
        for (var i = 0; i < qualities.Length; i++)
        {
            if (Math.Abs(_logStepsize[i] - at) < 1e-9)
            {
                return double.IsNaN(qualities[i]) ? null : qualities[i];
            }
        }

        for (var i = 1; i < qualities.Length; i++)
        {
            var (a, b) = (_logStepsize[i - 1], _logStepsize[i]);
            if ((a < at && at < b) || (b < at && at < a))
            {
                var (left, right) = (qualities[i - 1], qualities[i]);
                return double.IsNaN(left) || double.IsNaN(right) ? null
                    : double.IsNegativeInfinity(left) || double.IsNegativeInfinity(right) ? double.NegativeInfinity
                    : left + ((right - left) * (at - a) / (b - a));
            }
        }

        return null;
    }

    private static double Mean(double[] values, int[]? drawn)
    {
        var (sum, count) = (0.0, 0);
        for (var k = 0; k < (drawn?.Length ?? values.Length); k++)
        {
            var value = values[drawn is null ? k : drawn[k]];
            if (!double.IsNaN(value))
            {
                (sum, count) = (sum + value, count + 1);
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Where the quality falls below the threshold on the way from the best cell to one side.</summary>
    private (double Value, double LogStepsize, bool IsCensored) Edge(ReadOnlySpan<double> qualities, int best, int direction, double threshold)
    {
        for (var i = best; ; i += direction)
        {
            var (value, log) = (Grid.Values[i].AxisValue, _logStepsize[i]);
            var next = i + direction;
            // Beyond the grid, and where nothing has a result, it may well be as good: the width is at least this.
            if (next < 0 || next >= qualities.Length || double.IsNaN(qualities[next]))
            {
                return (value, log, true);
            }

            if (double.IsNegativeInfinity(qualities[next]))
            {
                return (value, log, false);
            }

            if (qualities[next] < threshold)
            {
                var share = (qualities[i] - threshold) / (qualities[i] - qualities[next]);
                return (value * Math.Pow(Grid.Values[next].AxisValue / value, share), log + (share * (_logStepsize[next] - log)), false);
            }
        }
    }
}
