using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers.Protocols;

/// <summary>
/// Reads a table's protocol. A cell's template is put together of four parts, a later one adding to and replacing what the earlier ones say: <c>every</c>,
/// the part of its row's label, of its column's label, and of the two together under <c>cells</c>. Labels are the table's own, and all of them.
/// </summary>
public static class ProtocolReader
{
    private const int MostDecimals = 10;

    /// <exception cref="InvalidInputException">A label is missing or unknown, or a cell's template is incomplete; names every fault.</exception>
    public static TableProtocol Read(JsonObject json, PaperTable table)
    {
        var faults = new FaultList();
        var fields = new JsonFields(json, "", faults);
        if (fields.Text("table", required: true) is { } id && id != table.Id)
        {
            faults.Add("table", $"\"{id}\" is not the table {table.Id} that the file is named after.");
        }

        var decimals = fields.Whole("decimals", 0, MostDecimals);
        if (decimals is null)
        {
            faults.Add("decimals", "is missing; give how many the table prints.");
        }

        var every = fields.Object("every") ?? [];
        var rows = Parts(fields, "rows", table.Rows, faults);
        var columns = Parts(fields, "columns", table.Columns, faults);
        var cells = fields.Object("cells") ?? [];
        var departures = (fields.Node("departures") as JsonArray ?? []).Select(n => n?.GetValue<string>() ?? "").ToList();
        fields.RefuseUnknown();
        RefuseUnknownCells(cells, table, faults);
        var templates = table.Rows.Select(row => (IReadOnlyList<CellTemplate>)[
            .. table.Columns.Select(column => TemplateReader.Read(
                Merge(every, rows[row], columns[column], cells[row]?[column] as JsonObject ?? []), $"{row} / {column}", faults)),
        ]).ToList();
        faults.ThrowIfAny();
        return new TableProtocol { Table = table, Decimals = decimals!.Value, Templates = templates, Departures = departures };
    }

    private static Dictionary<string, JsonObject> Parts(JsonFields fields, string field, IReadOnlyList<string> labels, FaultList faults)
    {
        var json = fields.Object(field) ?? [];
        foreach (var unknown in json.Select(p => p.Key).Except(labels))
        {
            faults.Add($"{field}.{unknown}", $"is not a label of the table; it has {string.Join(", ", labels)}.");
        }

        foreach (var missing in labels.Where(l => json[l] is not JsonObject))
        {
            faults.Add($"{field}.{missing}", "is missing; give an object, empty where the label adds nothing.");
        }

        return labels.ToDictionary(l => l, l => json[l] as JsonObject ?? []);
    }

    private static void RefuseUnknownCells(JsonObject cells, PaperTable table, FaultList faults)
    {
        foreach (var (row, parts) in cells)
        {
            if (!table.Rows.Contains(row))
            {
                faults.Add($"cells.{row}", "is not a row of the table.");
            }

            foreach (var column in (parts as JsonObject ?? []).Select(p => p.Key).Except(table.Columns))
            {
                faults.Add($"cells.{row}.{column}", "is not a column of the table.");
            }
        }
    }

    private static JsonObject Merge(params ReadOnlySpan<JsonObject> parts)
    {
        var merged = new JsonObject();
        foreach (var part in parts)
        {
            MergeInto(merged, part);
        }

        return merged;
    }

    private static void MergeInto(JsonObject target, JsonObject part)
    {
        foreach (var (name, node) in part)
        {
            if (node is JsonObject added && target[name] is JsonObject existing)
            {
                MergeInto(existing, added);
            }
            else
            {
                target[name] = node?.DeepClone();
            }
        }
    }
}
