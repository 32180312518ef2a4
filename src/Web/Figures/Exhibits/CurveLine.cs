using Stepsize.Web.Views.Curves;

namespace Stepsize.Web.Figures.Exhibits;

/// <param name="Low">Smallest value of the stretch; NaN where one is.</param>
/// <param name="High">Largest value.</param>
/// <param name="BandLow">Lower end of the band over seeds; NaN where there is none.</param>
internal readonly record struct CurvePoint(int Iteration, double Low, double High, double BandLow, double BandHigh);

/// <summary>One line of a chart of many curves, out of its packet.</summary>
/// <param name="IsFirstOfValue">Whether it is the first line of its axis value.</param>
/// <param name="Smoothed">Empty where nothing is smoothed.</param>
internal sealed record CurveLine(
    string Label, int Family, int Value, bool IsFirstOfValue, int Seeds, int? FirstNonFinite, IReadOnlyList<CurvePoint> Raw, IReadOnlyList<CurvePoint> Smoothed);

internal static class CurveLines
{
    /// <param name="factor">What values are multiplied with: 100 for per cent.</param>
    public static IReadOnlyList<CurveLine> Of(CurvePacket packet, double factor)
    {
        var header = packet.Header;
        var lines = new List<CurveLine>();
        foreach (var (index, series) in header.Series.Index())
        {
            var values = packet.Values[index];
            var isFirst = index == 0 || (header.Series[index - 1].Family, header.Series[index - 1].Value) != (series.Family, series.Value);
            lines.Add(new CurveLine(
                series.Label, series.Family, series.Value, isFirst, series.Seeds, series.NonFinite,
                Points("min", "max", "bandLow", "bandHigh"), header.Fields.Contains("smoothMin") ? Points("smoothMin", "smoothMax", "", "") : []));

            CurvePoint[] Points(string low, string high, string bandLow, string bandHigh) =>
            [
                .. Enumerable.Range(0, series.Count).Select(i => new CurvePoint(
                    header.Iterations[i], At(low, i), header.Fields.Contains(high) ? At(high, i) : At(low, i), At(bandLow, i), At(bandHigh, i))),
            ];

            double At(string field, int point)
            {
                var place = header.Fields.ToList().IndexOf(field);
                return place < 0 ? double.NaN : values[(place * series.Count) + point] * factor;
            }
        }

        return lines;
    }
}
