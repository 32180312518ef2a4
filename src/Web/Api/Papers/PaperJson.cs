using System.Text.Json.Nodes;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Papers.Statistics;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Papers;

/// <summary>Papers, tables and what runs gave, as JSON for programs. Numbers that are not finite are null.</summary>
internal static class PaperJson
{
    /// <param name="comparisons">One a table; none where no runs were read.</param>
    public static JsonObject Of(IReadOnlyList<TableComparison>? comparisons) => new()
    {
        ["papers"] = new JsonArray([.. PaperRegistry.Papers.Select(Of)]),
        ["tables"] = new JsonArray([.. ProtocolRegistry.All.Select(p => Of(p, comparisons?.Single(c => c.Table.Id == p.Table.Id)))]),
    };

    private static JsonNode Of(Paper paper) => new JsonObject
    {
        ["id"] = paper.Id,
        ["citation"] = paper.Citation,
        ["title"] = paper.Title,
        ["authors"] = paper.Authors,
        ["venue"] = paper.Venue,
    };

    public static JsonObject Of(TableProtocol protocol, TableComparison? comparison)
    {
        var table = protocol.Table;
        var json = new JsonObject
        {
            ["id"] = table.Id,
            ["paper"] = table.Paper.Id,
            ["label"] = table.Label,
            ["title"] = table.Title,
            ["metric"] = table.Metric,
            ["unit"] = Word(table.Unit),
            ["better"] = Word(table.Better),
            ["rowAxis"] = table.RowAxis,
            ["rows"] = Texts(table.Rows),
            ["columnAxis"] = table.ColumnAxis,
            ["columns"] = Texts(table.Columns),
            ["cells"] = Rows(table.Cells, Of),
            ["nullMeans"] = table.NullMeans is { } missing ? Word(missing) : null,
            ["workloads"] = Texts(protocol.Workloads),
            ["notes"] = table.Notes,
            ["departures"] = Texts(protocol.Departures),
        };
        if (comparison is not null)
        {
            json["comparison"] = Rows(comparison.Cells, Of);
        }

        return json;
    }

    private static JsonObject? Of(PublishedCell cell)
    {
        if (cell.Mean is not { } mean)
        {
            return null;
        }

        var json = new JsonObject { ["mean"] = mean };
        if (cell.StandardDeviation is { } deviation)
        {
            json["std"] = deviation;
        }

        return json;
    }

    private static JsonObject Of(CellComparison cell) => new()
    {
        ["verdict"] = VerdictText.Of(cell.Verdict),
        ["reason"] = cell.Reason,
        ["ours"] = cell.Ours is { } ours ? Of(ours) : null,
        ["difference"] = Number(cell.Difference),
        ["differenceHalfWidth"] = Number(cell.Interval?.HalfWidth),
        ["interval"] = cell.Interval is { } interval ? IntervalText.Of(interval.Basis) : null,
        ["protocolDifferences"] = new JsonArray([
            .. cell.Differences.Select(d => (JsonNode)new JsonObject
            {
                ["what"] = d.What, ["published"] = d.Published, ["here"] = d.Here, ["disqualifies"] = d.Disqualifies,
            }),
        ]),
        ["remarks"] = Texts(cell.Remarks),
        ["sweeps"] = new JsonArray([.. cell.Sweeps.Select(s => (JsonNode)s)]),
    };

    private static JsonObject Of(CellEstimate ours) => new()
    {
        ["value"] = Number(ours.Value),
        ["halfWidth"] = Number(ours.HalfWidth),
        ["seeds"] = ours.Seeds,
        ["diverged"] = ours.Diverged,
    };

    private static JsonArray Rows<T>(IReadOnlyList<IReadOnlyList<T>> rows, Func<T, JsonObject?> cell) =>
        new([.. rows.Select(row => (JsonNode)new JsonArray([.. row.Select(c => (JsonNode?)cell(c))]))]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
