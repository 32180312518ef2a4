using Stepsize.Data.Metrics;
using Stepsize.Training.Analysis;
using Stepsize.Training.Analysis.Curves;

namespace Stepsize.Web.Views.Curves;

/// <param name="Columns">Where the numbers are taken: a single iteration, or the mean over several.</param>
public sealed record CurveNumbers(IReadOnlyList<IterationWindow> Columns, IReadOnlyList<CurveNumbersRow> Rows);

/// <summary>A line of the chart in numbers.</summary>
/// <param name="Values">One a column; null where the line does not reach it.</param>
/// <param name="FirstNonFinite">First iteration whose value is not finite, of any seed.</param>
public sealed record CurveNumbersRow(CurveSeries Series, IReadOnlyList<double?> Values, int? FirstNonFinite);

/// <summary>Reads the numbers behind a chart, some lines at a time.</summary>
public sealed class CurveNumbersReader(IColumnReader columns)
{
    public const int RowsOfAPage = 20;

    private const int EvenColumns = 6;

    /// <param name="page">From 1.</param>
    /// <param name="windows">The windows to average over; null for single iterations that span what is shown.</param>
    public async Task<CurveNumbers> ReadAsync(
        CurveSubject subject, CurveQuery query, int page, IReadOnlyList<IterationWindow>? windows, CancellationToken cancellation)
    {
        var total = subject.Runs.Max(r => r.Iterations);
        var places = windows ?? Places(Math.Max(1, query.From ?? 1), Math.Min(query.To ?? total, total));
        CurveSeries[] series = [.. subject.Series.Skip((page - 1) * RowsOfAPage).Take(RowsOfAPage)];
        var stored = new Dictionary<long, float[]>();
        await foreach (var column in columns.ReadAsync([.. series.SelectMany(s => s.Runs).Select(r => r.Id)], query.Column, cancellation))
        {
            stored[column.RunId] = column.Values;
        }

        return new CurveNumbers(places, [.. series.Select(Row)]);

        CurveNumbersRow Row(CurveSeries line)
        {
            List<float[]> seeds = [.. line.Runs.Select(r => stored.GetValueOrDefault(r.Id, []))];
            var values = query.Over is { } center ? SeedBand.Of(seeds, center).Center : seeds[0];
            return new CurveNumbersRow(
                line, [.. places.Select(p => p.Last <= values.Length ? p.Mean(values) : (double?)null)], seeds.Min(s => ColumnFacts.Of(s, 1, 0).FirstNonFinite));
        }
    }

    /// <summary>The window's ends and the powers of ten between them; evenly spaced iterations where there are too few of those.</summary>
    private static IReadOnlyList<IterationWindow> Places(int first, int last)
    {
        if (last < first)
        {
            return [];
        }

        int[] tens = [.. Enumerable.Range(1, 9).Select(e => (int)Math.Pow(10, e)).Where(t => t > first && t < last)];
        int[] places = tens.Length >= 3
            ? [first, .. tens, last]
            : [.. Enumerable.Range(0, EvenColumns).Select(k => first + (int)((long)k * (last - first) / (EvenColumns - 1))).Distinct()];
        return [.. places.Select(p => new IterationWindow(p, p))];
    }
}
