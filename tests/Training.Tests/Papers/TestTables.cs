using System.Text.Json.Nodes;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Protocols;

namespace Stepsize.Training.Tests.Papers;

/// <summary>Small tables over workloads that are always there.</summary>
internal static class TestTables
{
    /// <summary>One cell an entry of <paramref name="cells"/>, its b₀ the label: test accuracy in percent at the end of two epochs, three runs.</summary>
    public static TableProtocol AtTheEnd(params (double B0, PublishedCell Cell)[] cells) => Read(
        TableUnit.Percent,
        cells,
        """{ "workload": "mnist-fulconn2", "optimizer": "sgd-constant", "axis": "b0", "batchSize": 256, "epochs": 2, "runs": 3 }""",
        b0 => $$"""{ "values": [{{FormattableString.Invariant($"{b0}")}}] }""");

    /// <summary>One cell, over b₀ of 1, 10 and 100 after every epoch.</summary>
    /// <param name="statistic">JSON.</param>
    public static TableProtocol OverAxis(TableUnit unit, string statistic, PublishedCell cell, int epochs = 3, int runs = 3) => Read(
        unit,
        [(1, cell)],
        $$"""
        { "workload": "mnist-fulconn2", "optimizer": "sgd-constant", "axis": "b0", "values": [1, 10, 100], "batchSize": 256, "epochs": {{epochs}},
          "runs": {{runs}}, "statistic": {{statistic}} }
        """,
        _ => "{}");

    private static TableProtocol Read(TableUnit unit, (double B0, PublishedCell Cell)[] cells, string every, Func<double, string> row)
    {
        var rows = cells.Select(c => FormattableString.Invariant($"{c.B0}")).ToList();
        var table = new PaperTable
        {
            Id = "t",
            Paper = PaperRegistry.Papers[0],
            Label = "Table 1",
            Title = "A table",
            Metric = "a measure",
            Unit = unit,
            Better = TableOrder.Higher,
            RowAxis = "b0",
            Rows = rows,
            ColumnAxis = "optimizer",
            Columns = ["SGD"],
            Cells = [.. cells.Select(c => (IReadOnlyList<PublishedCell>)[c.Cell])],
            NullMeans = cells.Any(c => c.Cell.Mean is null) ? MissingNumber.Diverged : null,
        };
        var json = JsonNode.Parse($$"""{ "table": "t", "decimals": 2, "every": {{every}}, "columns": { "SGD": {} } }""")!.AsObject();
        json["rows"] = new JsonObject(cells.Zip(rows).Select(x => KeyValuePair.Create<string, JsonNode?>(x.Second, JsonNode.Parse(row(x.First.B0)))));
        return ProtocolReader.Read(json, table);
    }
}
