using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Api.Http.Rows;

namespace Stepsize.Web.Api.Metrics;

/// <summary>Per-iteration columns as rows: raw, or the stretches of an envelope.</summary>
internal static class MetricRows
{
    private static readonly RowColumn[] Raw =
    [
        RowColumn.Whole("iteration", "Counted from 1."),
        RowColumn.Number("loss", "Loss over the mini-batch."),
        RowColumn.Number("accuracy", "Accuracy over the mini-batch, in [0, 1]; none for workloads without."),
        RowColumn.Number("stepsize", "Effective stepsize."),
    ];

    private static readonly RowColumn[] Stretches =
    [
        RowColumn.Whole("iteration", "The middle of the stretch."),
        RowColumn.Number("lossMinimum", "Smallest loss of the stretch."),
        RowColumn.Number("lossMaximum", "Largest loss of the stretch."),
        RowColumn.Number("accuracyMinimum", "Smallest accuracy of the stretch."),
        RowColumn.Number("accuracyMaximum", "Largest accuracy of the stretch."),
        RowColumn.Number("stepsizeMinimum", "Smallest stepsize of the stretch."),
        RowColumn.Number("stepsizeMaximum", "Largest stepsize of the stretch."),
    ];

    /// <summary>Those of the window.</summary>
    public static IReadOnlyList<RowColumn> Columns(MetricWindow window) => window.Points is null ? Raw : Stretches;

    /// <param name="writeKeys">Writes what stands before the run's columns.</param>
    public static async Task WriteAsync(
        RowWriter rows, Action<RowWriter> writeKeys, MetricSource source, SweepHead sweep, RunRow run, MetricWindow window, CancellationToken cancellation)
    {
        if (window.Points is null)
        {
            await foreach (var block in source.RawAsync(run.Id, window, cancellation))
            {
                await WriteAsync(rows, writeKeys, block, MetricSource.HasAccuracy(sweep), cancellation);
            }
        }
        else if (await source.EnvelopeAsync(sweep, run, window, cancellation) is { } envelope)
        {
            await WriteAsync(rows, writeKeys, envelope, cancellation);
        }
    }

    private static async Task WriteAsync(RowWriter rows, Action<RowWriter> writeKeys, MetricBlock block, bool hasAccuracy, CancellationToken cancellation)
    {
        for (var i = 0; i < block.Count; i++)
        {
            rows.BeginRow();
            writeKeys(rows);
            rows.Whole(block.FirstIteration + i);
            rows.Number(block.Loss.Span[i]);
            if (hasAccuracy)
            {
                rows.Number(block.Accuracy.Span[i]);
            }
            else
            {
                rows.None();
            }

            rows.Number(block.Stepsize.Span[i]);
            await rows.EndRowAsync(cancellation);
        }
    }

    private static async Task WriteAsync(RowWriter rows, Action<RowWriter> writeKeys, MetricAnswer envelope, CancellationToken cancellation)
    {
        for (var i = 0; i < envelope.Iterations.Count; i++)
        {
            rows.BeginRow();
            writeKeys(rows);
            rows.Whole(envelope.Iterations[i]);
            foreach (var column in (ColumnAnswer?[])[envelope.Loss, envelope.Accuracy, envelope.Stepsize])
            {
                rows.NumberOrNone((column?.Minimum ?? column?.Values)?[i]);
                rows.NumberOrNone((column?.Maximum ?? column?.Values)?[i]);
            }

            await rows.EndRowAsync(cancellation);
        }
    }
}
