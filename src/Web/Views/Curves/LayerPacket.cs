using Stepsize.Data.Metrics;

namespace Stepsize.Web.Views.Curves;

/// <summary>The layers of a run as a <see cref="CurvePacket"/>: one family, a line a layer, pale at the network's input and dark at its output.</summary>
internal static class LayerPacket
{
    public static CurvePacket Of(long run, IReadOnlyList<LayerCurve> layers)
    {
        var curve = layers.Count > 0 ? layers[0].Curve : new Curve([], [], [], true, null, 0);
        string[] fields = curve.IsRaw ? ["min"] : ["min", "max"];
        return new CurvePacket
        {
            Header = new PacketHeader(
                curve.Iterations.Count > 0 ? curve.Iterations[0] : 1,
                curve.Iterations.Count > 0 ? curve.Iterations[^1] : 0,
                curve.Total, curve.IsRaw, fields, curve.Iterations,
                [new PacketFamily("Layers", [.. layers.Select((_, i) => CurveShades.Of(0, Shade(i, layers.Count)))])],
                [
                    .. layers.Select((l, i) => new PacketSeries(
                        0, i, l.Name, $"runs/{run}", l.Curve.Iterations.Count, l.Curve.FirstNonFinite, l.Curve.Minimum.Count(v => v <= 0), 1)),
                ]),
            Values = [.. layers.Select(l => curve.IsRaw ? [.. l.Curve.Minimum] : (float[])[.. l.Curve.Minimum, .. l.Curve.Maximum])],
        };
    }

    /// <summary>From 0 at the input to 1 at the output.</summary>
    public static double Shade(int layer, int layers) => layers < 2 ? 0.5 : (double)layer / (layers - 1);
}
