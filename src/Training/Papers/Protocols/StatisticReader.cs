using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Analysis;
using Stepsize.Training.Faults;
using Stepsize.Training.Papers.Statistics;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers.Protocols;

/// <summary>Reads which statistic a cell prints.</summary>
internal static class StatisticReader
{
    /// <returns>The accuracy at the end where the object is empty.</returns>
    public static CellStatistic Read(JsonObject json, string path, FaultList faults)
    {
        var fields = new JsonFields(json, path, faults);
        var kind = fields.Text("kind") ?? "at-the-end";
        CellStatistic? statistic = kind switch
        {
            "at-the-end" => new AtTheEnd(Word(fields, "measure", CellMeasure.TestAccuracy, faults)),
            "best-epoch" => new BestEpoch(),
            "best-of-axis" => new BestOfAxis(),
            "peak-over-axis" => new PeakOverAxis(Word(fields, "over", AxisSummary.Max, faults), Share(fields, "whenDiverged", faults)),
            "epochs-over-axis" => new EpochsOverAxis(
                Word(fields, "over", AxisSummary.Mean, faults),
                Share(fields, "share", faults),
                Word(fields, "unreached", UnreachedRule.LeftOut, faults),
                Share(fields, "whenDiverged", faults)),
            "final-parameter" => new FinalParameter(fields.Whole("index", 0, SpecificationChecks.MaximumParametersOfIterates - 1) ?? 0),
            _ => null,
        };
        if (statistic is null)
        {
            faults.Add(fields.Path("kind"), $"\"{kind}\" is unknown; allowed: at-the-end, best-epoch, best-of-axis, peak-over-axis, epochs-over-axis, final-parameter.");
            return new BestEpoch();
        }

        fields.RefuseUnknown();
        return statistic;
    }

    private static T Word<T>(JsonFields fields, string field, T otherwise, FaultList faults)
        where T : struct, Enum
    {
        if (fields.Text(field) is not { } text)
        {
            return otherwise;
        }

        var names = Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
        if (names.IndexOf(text) is var index and >= 0)
        {
            return Enum.GetValues<T>()[index];
        }

        faults.Add(fields.Path(field), $"\"{text}\" is not allowed; give one of {string.Join(", ", names)}.");
        return otherwise;
    }

    private static double Share(JsonFields fields, string field, FaultList faults)
    {
        if (fields.Node(field) is JsonValue value && value.TryGetValue<double>(out var share) && share is > 0 and <= 1)
        {
            return share;
        }

        faults.Add(fields.Path(field), $"{Quoted.Json(fields.Node(field))} is not allowed; give a number in (0, 1].");
        return double.NaN;
    }
}
