using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;
using Stepsize.Web.Api.Metrics;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Layers;

/// <summary>What runs of sweeps with <c>"record": "layers"</c> keep of each layer: rows for programs, and packed for drawing.</summary>
internal static class LayerEndpoints
{
    private static readonly RowColumn[] Columns =
    [
        RowColumn.Whole("iteration", "Counted from 1."),
        RowColumn.Text("layer", "Name of the parameter tensor."),
        RowColumn.Number("gradient", "Norm of the mini-batch gradient before the step."),
        RowColumn.Number("update", "Norm of the change that the step made."),
        RowColumn.Number("rate", "update / gradient: what multiplied the gradient in effect."),
        RowColumn.Number("stepsize", "The optimizer's stepsize for the layer; the run's where it has none of its own for layers."),
    ];

    private static readonly WordParameter<LayerMeasure> Show = new("show", "What is drawn.", Words.All<LayerMeasure>());

    private static readonly WholeParameter From = MetricParameters.First with { Name = "from" };

    private static readonly WholeParameter To = MetricParameters.Last with { Name = "to" };

    /// <summary>Pictures of runs that are being trained ask again with another.</summary>
    private static readonly TextParameter Version = new("version", "Any text: tells states of a run apart in caches.", 40);

    public static void MapLayers(this IEndpointRouteBuilder api)
    {
        api.MapRows("/runs/{id:long}/layers", new ApiOperation("readLayers", ApiTags.Metrics, "Norms and stepsize of each layer of a run")
        {
            Description = "For runs of sweeps with \"record\": \"layers\"; others have no rows.",
            Query = [MetricParameters.First, MetricParameters.Last],
            Example = "/api/runs/1/layers?first=1&last=100",
            Answer = new ApiAnswer("A row for each iteration and layer."),
        }, Columns, RowFormat.Downloads, format =>
            (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] ILayerReader layers, CancellationToken cancellation) =>
                ExportAsync(format, id, context, query, reader, layers, cancellation));
        api.MapGet("/runs/{id:long}/layers/curves", DrawAsync).Describe(new ApiOperation("drawLayers", ApiTags.Metrics, "One measure of every layer of a run, as charts draw it")
        {
            Description = "Packed for drawing, in a form that may change; programs read layers.csv.",
            Query = [Show, From, To, MetricParameters.Points, Version],
            Example = "/api/runs/1/layers/curves?show=gradient",
            Answer = new ApiAnswer("The packed curves.", ContentType: "application/octet-stream"),
        });
    }

    private static async Task<IResult> ExportAsync(
        RowFormat format, long id, HttpContext context, ApiQuery query, IRunReader reader, ILayerReader layers, CancellationToken cancellation)
    {
        var window = MetricParameters.Of(query);
        if (await reader.FindRunAsync(id, cancellation) is not { } found)
        {
            return Problems.NoRun(id);
        }

        return EntityTag.Check(context, EntityTag.StateOf(found.Run)) ?? new RowsResult(format, $"run-{id}-layers", Columns, async (rows, token) =>
        {
            await foreach (var block in layers.StreamAsync(id, window.First, window.Last, token))
            {
                await WriteAsync(rows, block, token);
            }
        });
    }

    private static async Task WriteAsync(RowWriter rows, LayerBlock block, CancellationToken cancellation)
    {
        for (var i = 0; i < block.Count; i++)
        {
            for (var layer = 0; layer < block.Columns.Count; layer++)
            {
                var at = block.At(layer, i);
                rows.BeginRow();
                rows.Whole(block.FirstIteration + i);
                rows.Text(block.Columns.Names[layer]);
                rows.Number(block.Columns.Gradient[at]);
                rows.Number(block.Columns.Update[at]);
                rows.Number(block.Columns.Update[at] / block.Columns.Gradient[at]);
                rows.Number(block.Columns.Stepsize[at]);
                await rows.EndRowAsync(cancellation);
            }
        }
    }

    /// <exception cref="InvalidInputException">The measure or the window is not allowed.</exception>
    private static async Task<IResult> DrawAsync(
        long id, ApiQuery query, [FromServices] IRunReader reader, [FromServices] ILayerReader layers, CancellationToken cancellation)
    {
        var (first, last) = (query.Get(From), query.Get(To));
        if (first > last)
        {
            throw new InvalidInputException(To.Name, $"{last} is before from = {first}; give a later iteration, or leave one of them out.");
        }

        if (await reader.FindRunAsync(id, cancellation) is null)
        {
            return Problems.NoRun(id);
        }

        var drawn = await layers.ReadAsync(
            id, query.Get(Show) ?? LayerMeasure.Gradient, first, last, Math.Min(query.Get(MetricParameters.Points) ?? MetricParameters.DefaultPoints, CurvePacketReader.MostPoints),
            cancellation);
        var packet = LayerPacket.Of(id, drawn);
        return TypedResults.Stream(stream => packet.WriteAsync(stream, cancellation), "application/octet-stream");
    }
}
