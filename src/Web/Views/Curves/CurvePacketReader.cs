using Stepsize.Data.Metrics;
using Stepsize.Training.Analysis.Curves;

namespace Stepsize.Web.Views.Curves;

/// <summary>
/// Makes a <see cref="CurvePacket"/>. Every iteration of every run is read; seeds are put together and lines smoothed at full resolution, and only then is the window
/// cut into stretches: what is shown does not depend on the zoom.
/// </summary>
public sealed class CurvePacketReader(IColumnReader columns) : IDisposable
{
    public const int MostPoints = 4000;

    private const int NumbersAtOnce = 400_000;

    private const int FewestPoints = 300;

    private const int WidthOfAPicture = 1200;

    /// <summary>Packets made at a time: each holds millions of numbers for a moment.</summary>
    private readonly SemaphoreSlim _places = new(2);

    /// <summary>Points of each of so many lines: about as many as a picture is wide, fewer where all lines together would be too much to send and to draw at once.</summary>
    public static int PointsFor(int lines) => Math.Clamp(NumbersAtOnce / Math.Max(1, lines), FewestPoints, WidthOfAPicture);

    public void Dispose() => _places.Dispose();

    /// <param name="points">Most points of a line, from 4 to <see cref="MostPoints"/>.</param>
    public async Task<CurvePacket> ReadAsync(CurveSubject subject, CurveQuery query, int points, CancellationToken cancellation)
    {
        var total = subject.Runs.Max(r => r.Iterations);
        var first = Math.Max(1, query.From ?? 1);
        var stretches = new Stretches(first, Math.Min(query.To ?? total, total), points, query.IsLogarithmic);
        var fields = FieldsOf(query, stretches.IsRaw);
        var values = new List<float[]>();
        var series = new List<PacketSeries>();
        await _places.WaitAsync(cancellation);
        try
        {
            await foreach (var (line, seeds) in LinesAsync(subject, query.Column, cancellation))
            {
                var facts = seeds.ConvertAll(s => ColumnFacts.Of(s, stretches.First, stretches.Last));
                values.Add(Draw(seeds, query, stretches, fields.Length, out var count));
                series.Add(new PacketSeries(
                    line.Family, line.Value, subject.Label(line), AddressOf(subject, line), count,
                    facts.Min(f => f.FirstNonFinite), facts.Sum(f => f.NonPositive), line.Runs.Count));
            }
        }
        finally
        {
            _places.Release();
        }

        return new CurvePacket
        {
            Header = new PacketHeader(
                stretches.First, stretches.Last, total, stretches.IsRaw, fields,
                [.. Enumerable.Range(0, stretches.Count).Select(stretches.Middle)],
                [.. subject.Families.Select((f, i) => new PacketFamily(f.Title, [.. f.Shades.Select(s => CurveShades.Of(i, s))]))],
                series),
            Values = values,
        };
    }

    /// <summary>The columns of each line's runs, line after line; runs that are gone meanwhile have empty ones.</summary>
    public async IAsyncEnumerable<(CurveSeries Line, List<float[]> Seeds)> LinesAsync(
        CurveSubject subject, MetricColumn column, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        long[] order = [.. subject.Series.SelectMany(s => s.Runs).Select(r => r.Id)];
        await using var stored = columns.ReadAsync(order, column, cancellation).GetAsyncEnumerator(cancellation);
        var more = await stored.MoveNextAsync();
        foreach (var line in subject.Series)
        {
            var seeds = new List<float[]>();
            foreach (var run in line.Runs)
            {
                if (more && stored.Current.RunId == run.Id)
                {
                    seeds.Add(stored.Current.Values);
                    more = await stored.MoveNextAsync();
                }
                else
                {
                    seeds.Add([]);
                }
            }

            yield return (line, seeds);
        }
    }

    private static string AddressOf(CurveSubject subject, CurveSeries line)
    {
        if (line.Runs.Count == 1)
        {
            return $"runs/{line.Runs[0].Id}";
        }

        var family = subject.Families[line.Family];
        return $"curves?{new CurveQuery { Sweep = family.Sweep, Row = family.Row, Value = family.Values[line.Value] }.ToQueryString()}";
    }

    private static string[] FieldsOf(CurveQuery query, bool isRaw)
    {
        string[] line = isRaw ? ["min"] : ["min", "max"];
        string[] band = query.Over is null ? [] : ["bandLow", "bandHigh", "seeds"];
        string[] smooth = query.Smooth is null ? [] : isRaw ? ["smoothMin"] : ["smoothMin", "smoothMax"];
        return [.. line, .. band, .. smooth];
    }

    /// <summary>All fields of a series, one after another.</summary>
    private static float[] Draw(List<float[]> seeds, CurveQuery query, Stretches stretches, int fields, out int count)
    {
        var band = query.Over is { } center ? SeedBand.Of(seeds, center) : null;
        var line = band?.Center ?? seeds[0];
        var points = stretches.Covered(line.Length);
        var values = new float[points * fields];
        var at = 0;
        Add(line, both: !stretches.IsRaw);
        if (band is not null)
        {
            Add(band.Low, both: false);
            AddLargest(band.High);
            Add(band.Seeds, both: false);
        }

        if (query.Smooth is { } smoothing)
        {
            var smoothed = new float[line.Length];
            smoothing.Apply(line, smoothed);
            Add(smoothed, both: !stretches.IsRaw);
        }

        count = points;
        return values;

        void Add(float[] column, bool both)
        {
            stretches.Extremes(column, values.AsSpan(at, points), both ? values.AsSpan(at + points, points) : []);
            at += both ? 2 * points : points;
        }

        void AddLargest(float[] column)
        {
            stretches.Extremes(column, new float[points], values.AsSpan(at, points));
            at += points;
        }
    }
}
