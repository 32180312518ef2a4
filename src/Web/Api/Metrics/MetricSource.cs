using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;

namespace Stepsize.Web.Api.Metrics;

/// <summary>Reads the columns of a run in whichever way they are wanted.</summary>
internal sealed class MetricSource(ICurveReader curves, IMetricReader metrics)
{
    /// <summary>Where no evaluation measures an accuracy, the column holds nothing but NaN.</summary>
    public static bool HasAccuracy(SweepHead sweep) => sweep.Measures.Count == 0 || sweep.Measures.Any(m => m.IsAccuracy());

    public IAsyncEnumerable<MetricBlock> RawAsync(long runId, MetricWindow window, CancellationToken cancellation) =>
        metrics.StreamAsync(runId, window.First, window.Last, cancellation);

    /// <summary>All columns over the same stretches: what is recorded while they are read is left out of every one.</summary>
    /// <returns>Null where the run is gone.</returns>
    public async Task<MetricAnswer?> EnvelopeAsync(SweepHead sweep, RunRow run, MetricWindow window, CancellationToken cancellation)
    {
        var last = Math.Min(window.Last ?? int.MaxValue, run.Iterations);
        var points = window.Points ?? MetricParameters.DefaultPoints;
        var loss = await ReadAsync(MetricColumn.Loss);
        var accuracy = HasAccuracy(sweep) ? await ReadAsync(MetricColumn.Accuracy) : null;
        var stepsize = await ReadAsync(MetricColumn.Stepsize);
        return loss is null || stepsize is null ? null : MetricAnswer.Of(run.Id, loss, accuracy, stepsize);

        Task<Curve?> ReadAsync(MetricColumn column) => curves.ReadAsync(run.Id, column, window.First, last, points, cancellation);
    }
}
