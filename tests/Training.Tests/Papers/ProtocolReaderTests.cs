using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Papers.Statistics;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

public class ProtocolReaderTests
{
    private const string Sound =
        """
        {
          "table": "t", "decimals": 1,
          "every": { "workload": "w", "axis": "lr", "epochs": 3, "options": { "a": 1, "b": 2 }, "statistic": { "kind": "at-the-end", "measure": "testError" } },
          "rows": { "x": { "optimizer": "o", "values": [0.1], "options": { "b": 3 } }, "y": { "notReproducible": "it was not trained" } },
          "columns": { "c": {}, "d": { "batchSize": 8 } },
          "cells": { "x": { "d": { "values": [0.2], "options": { "c": 4 } } } },
          "departures": ["One."]
        }
        """;

    [Fact]
    public void Read_PartsOfRowColumnAndCell_AddToAndReplaceTheEarlierOnes()
    {
        var protocol = Read(Sound);
        var (plain, special) = (protocol.Templates[0][0], protocol.Templates[0][1]);

        Assert.Equal(("w", "o", RobustnessAxis.LearningRate, 3, (int?)null), (plain.Workload, plain.Optimizer, plain.Axis, plain.Length.Epochs, plain.BatchSize));
        Assert.Equal("""{"a":1,"b":3}""", plain.OptimizerOptions.ToJsonString());
        Assert.Equal([0.1], plain.Values);
        Assert.Equal([0.2], special.Values);
        Assert.Equal(8, special.BatchSize);
        Assert.Equal("""{"a":1,"b":3,"c":4}""", special.OptimizerOptions.ToJsonString());
        Assert.Equal(new AtTheEnd(CellMeasure.TestError), special.Statistic);
        Assert.Equal("it was not trained", protocol.Templates[1][0].NotReproducible);
        Assert.Equal(0.05, protocol.Rounding, 1e-15);
    }

    [Theory]
    [InlineData("\"y\": {", "\"z\": {", "rows.z")]
    [InlineData("\"y\": {", "\"z\": {", "rows.y")]
    [InlineData("\"c\": {}, ", "", "columns.c")]
    [InlineData("\"cells\": { \"x\"", "\"cells\": { \"q\"", "cells.q")]
    [InlineData("\"optimizer\": \"o\", ", "", "x / c.optimizer")]
    [InlineData("\"epochs\": 3, ", "", "x / c.epochs")]
    [InlineData("\"epochs\": 3", "\"epochs\": 3, \"iterations\": 4", "x / c.epochs")]
    [InlineData("\"axis\": \"lr\"", "\"axis\": \"eta\"", "x / c.axis")]
    [InlineData("[0.1]", "[0.1, 0.1]", "x / c.values")]
    [InlineData("[0.1]", "[0.1, 1]", "x / c.values")]
    [InlineData("[0.1]", "[-1]", "x / c.values")]
    [InlineData("\"testError\"", "\"trainError\"", "x / c.statistic.measure")]
    [InlineData("\"at-the-end\"", "\"mean\"", "x / c.statistic.kind")]
    [InlineData("\"batchSize\": 8", "\"batch\": 8", "x / d.batch")]
    [InlineData(", \"decimals\": 1", "", "decimals")]
    [InlineData("\"table\": \"t\"", "\"table\": \"u\"", "table")]
    public void Read_OneThingWrong_NamesIt(string right, string wrong, string field)
    {
        Assert.Contains(right, Sound, StringComparison.Ordinal);

        var fault = Assert.Throws<InvalidInputException>(() => Read(Sound.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(field, fault.Faults.Select(f => f.Field));
    }

    private static TableProtocol Read(string json) => ProtocolReader.Read(JsonNode.Parse(json)!.AsObject(), new PaperTable
    {
        Id = "t",
        Paper = PaperRegistry.Papers[0],
        Label = "Table 1",
        Title = "A table",
        Metric = "error",
        Unit = TableUnit.Percent,
        Better = TableOrder.Lower,
        RowAxis = "optimizer",
        Rows = ["x", "y"],
        ColumnAxis = "depth",
        Columns = ["c", "d"],
        Cells = [[new(1, null), new(2, null)], [new(3, null), new(4, null)]],
    });
}
