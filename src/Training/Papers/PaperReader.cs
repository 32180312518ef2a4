using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers;

/// <summary>The one reader of published tables. It accepts nothing that it does not understand: a mistyped number must not become a fact.</summary>
public static class PaperReader
{
    /// <exception cref="InvalidInputException">Anything is missing, unknown or contradictory; names every fault.</exception>
    public static PaperLibrary Read(JsonObject json)
    {
        var faults = new FaultList();
        var fields = new JsonFields(json, "", faults);
        var papers = Items(fields, "papers", "paper", faults).Select(ReadPaper).ToList();
        var tables = Items(fields, "tables", "table", faults).Select(f => ReadTable(f, papers, faults)).ToList();
        fields.RefuseUnknown();
        RefuseTwice(papers.Select(p => p.Id), "papers", faults);
        RefuseTwice(tables.Select(t => t.Id), "tables", faults);
        faults.ThrowIfAny();
        return new PaperLibrary(papers, tables);
    }

    private static Paper ReadPaper(JsonFields fields)
    {
        var paper = new Paper(
            fields.Text("id", required: true) ?? "",
            fields.Text("citation", required: true) ?? "",
            fields.Text("title", required: true) ?? "",
            fields.Text("authors", required: true) ?? "",
            fields.Text("venue", required: true) ?? "");
        fields.RefuseUnknown();
        return paper;
    }

    private static PaperTable ReadTable(JsonFields fields, List<Paper> papers, FaultList faults)
    {
        var paperId = fields.Text("paper", required: true);
        var paper = papers.Find(p => p.Id == paperId);
        if (paper is null)
        {
            faults.Add(fields.Path("paper"), $"\"{paperId}\" is not one of the papers: {string.Join(", ", papers.Select(p => p.Id))}.");
        }

        var rows = Labels(fields, "rows", faults);
        var columns = Labels(fields, "columns", faults);
        var table = new PaperTable
        {
            Id = fields.Text("id", required: true) ?? "",
            Paper = paper ?? new Paper("", "", "", "", ""),
            Label = fields.Text("label", required: true) ?? "",
            Title = fields.Text("title", required: true) ?? "",
            Metric = fields.Text("metric", required: true) ?? "",
            Unit = Word<TableUnit>(fields, "unit", faults),
            Better = Word<TableOrder>(fields, "better", faults),
            RowAxis = fields.Text("rowAxis", required: true) ?? "",
            Rows = rows,
            ColumnAxis = fields.Text("columnAxis", required: true) ?? "",
            Columns = columns,
            Notes = fields.Text("notes"),
            NullMeans = fields.Has("nullMeans") ? Word<MissingNumber>(fields, "nullMeans", faults) : null,
            Cells = ReadCells(fields, rows.Count, columns.Count, faults),
        };
        fields.RefuseUnknown();
        if ((table.NullMeans is not null) != table.Cells.SelectMany(r => r).Any(c => c.Mean is null))
        {
            faults.Add(fields.Path("nullMeans"), "says what a cell without a number means: give it where, and only where, there is such a cell.");
        }

        return table;
    }

    private static List<IReadOnlyList<PublishedCell>> ReadCells(JsonFields fields, int rows, int columns, FaultList faults)
    {
        var cells = new List<IReadOnlyList<PublishedCell>>();
        var list = fields.List("cells", "row", required: true) ?? [];
        for (var r = 0; r < list.Count; r++)
        {
            var path = $"{fields.Path("cells")}[{r}]";
            var row = (list[r] as JsonArray ?? []).Select((node, c) => ReadCell(node, $"{path}[{c}]", faults)).ToList();
            if (row.Count != columns)
            {
                faults.Add(path, $"has {row.Count} cells; give one for each of the {columns} columns.");
            }

            cells.Add(row);
        }

        if (cells.Count != rows)
        {
            faults.Add(fields.Path("cells"), $"has {cells.Count} rows; give one for each of the {rows} rows.");
        }

        return cells;
    }

    private static PublishedCell ReadCell(JsonNode? node, string path, FaultList faults)
    {
        if (node is null)
        {
            return PublishedCell.Empty;
        }

        if (node is not JsonObject json)
        {
            faults.Add(path, $"{Quoted.Json(node)} is not allowed; give {{ \"mean\": …, \"std\": … }}, or null where the paper has no number.");
            return PublishedCell.Empty;
        }

        var fields = new JsonFields(json, path, faults);
        var cell = new PublishedCell(Number(fields, "mean", required: true, faults), Number(fields, "std", required: false, faults));
        fields.RefuseUnknown();
        if (cell.StandardDeviation < 0)
        {
            faults.Add($"{path}.std", FormattableString.Invariant($"{cell.StandardDeviation} is negative; give a standard deviation."));
        }

        return cell;
    }

    private static double? Number(JsonFields fields, string field, bool required, FaultList faults)
    {
        var node = fields.Node(field);
        if (node is null && !required)
        {
            return null;
        }

        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && double.IsFinite(number))
        {
            return number;
        }

        faults.Add(fields.Path(field), $"{Quoted.Json(node)} is not allowed; give a number.");
        return null;
    }

    private static T Word<T>(JsonFields fields, string field, FaultList faults)
        where T : struct, Enum
    {
        var text = fields.Text(field, required: true);
        var names = Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToArray();
        var index = Array.IndexOf(names, text);
        if (text is not null && index < 0)
        {
            faults.Add(fields.Path(field), $"\"{text}\" is not allowed; give one of {string.Join(", ", names)}.");
        }

        return index < 0 ? default : Enum.GetValues<T>()[index];
    }

    private static List<string> Labels(JsonFields fields, string field, FaultList faults)
    {
        var labels = (fields.List(field, "label", required: true) ?? []).Select(n => n is JsonValue v && v.TryGetValue<string>(out var text) ? text : "").ToList();
        RefuseTwice(labels, fields.Path(field), faults);
        return labels;
    }

    private static void RefuseTwice(IEnumerable<string> names, string path, FaultList faults)
    {
        foreach (var group in names.GroupBy(n => n).Where(g => g.Count() > 1 || g.Key.Length == 0))
        {
            faults.Add(path, group.Key.Length == 0 ? "holds an empty text; give every one a name." : $"\"{group.Key}\" is there {group.Count()} times; give it once.");
        }
    }

    private static IEnumerable<JsonFields> Items(JsonFields fields, string field, string what, FaultList faults)
    {
        var list = fields.List(field, what, required: true) ?? [];
        for (var i = 0; i < list.Count; i++)
        {
            var path = $"{fields.Path(field)}[{i}]";
            if (list[i] is JsonObject item)
            {
                yield return new JsonFields(item, path, faults);
            }
            else
            {
                faults.Add(path, $"{Quoted.Json(list[i])} is not allowed; give an object.");
            }
        }
    }
}
