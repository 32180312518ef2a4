using System.CommandLine;
using System.Text.Json.Nodes;
using Stepsize.Training.Papers;

namespace Stepsize.Web.Commands;

/// <summary><c>papers</c>: the published tables that sweeps are compared with.</summary>
internal static class PaperList
{
    public static Command Create() => ListCommand.Create(
        "papers",
        "Lists the published tables.",
        _ => PaperRegistry.Tables,
        ["table", "what", "where", "paper", "cells"],
        t => [t.Id, t.Title, t.Label, t.Paper.Source, $"{t.CellCount}"],
        t => new JsonObject
        {
            ["id"] = t.Id,
            ["title"] = t.Title,
            ["label"] = t.Label,
            ["paper"] = new JsonObject { ["id"] = t.Paper.Id, ["title"] = t.Paper.Title, ["source"] = t.Paper.Source },
            ["metric"] = t.Metric,
            ["rowAxis"] = t.RowAxis,
            ["rows"] = new JsonArray([.. t.Rows.Select(r => (JsonNode)r)]),
            ["columnAxis"] = t.ColumnAxis,
            ["columns"] = new JsonArray([.. t.Columns.Select(c => (JsonNode)c)]),
            ["cells"] = t.CellCount,
        });
}
