using Stepsize.Data.Metrics;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>A falling, noisy curve of a given length for every run; raw where the window has no more points than asked for, else every so many.</summary>
internal sealed class FakeCurveReader(int length = 468, int? firstNonFinite = null) : ICurveReader
{
    public Task<Curve?> ReadAsync(long runId, MetricColumn column, int? first, int? last, int points, CancellationToken cancellation)
    {
        if (runId < 0)
        {
            return Task.FromResult<Curve?>(null);
        }

        var (from, to) = (Math.Max(1, first ?? 1), Math.Min(length, last ?? length));
        var stride = Math.Max(1, (int)Math.Ceiling((to - from + 1.0) / points));
        var iterations = new List<int>();
        var (low, high) = (new List<float>(), new List<float>());
        for (var i = from; i <= to; i += stride)
        {
            var value = Value(column, i);
            iterations.Add(i);
            low.Add(stride == 1 ? value : value * 0.9f);
            high.Add(stride == 1 ? value : value * 1.1f);
        }

        return Task.FromResult<Curve?>(new Curve(iterations, low, high, stride == 1, column == MetricColumn.Loss ? firstNonFinite : null, length));
    }

    private float Value(MetricColumn column, int iteration) => column switch
    {
        _ when iteration >= firstNonFinite => float.NaN,
        MetricColumn.Loss => 0.1f + (2.2f / MathF.Sqrt(iteration)) + (0.02f * MathF.Sin(iteration * 1.7f)),
        MetricColumn.Accuracy => MathF.Min(1, 0.95f - (0.85f / MathF.Sqrt(iteration)) + (0.02f * MathF.Sin(iteration * 2.3f))),
        _ => 1 / MathF.Sqrt(1 + iteration),
    };
}
