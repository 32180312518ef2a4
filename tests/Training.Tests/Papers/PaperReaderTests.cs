using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Papers;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

public class PaperReaderTests
{
    private const string Sound =
        """
        {
          "papers": [{ "id": "p", "citation": "Author (2020)", "title": "A title", "authors": "A. Author", "venue": "Journal (2020)" }],
          "tables": [{
            "id": "t", "paper": "p", "label": "Table 1", "title": "Accuracies", "metric": "accuracy", "unit": "percent", "better": "higher",
            "rowAxis": "b0", "rows": ["1", "10"], "columnAxis": "optimizer", "columns": ["A"], "nullMeans": "diverged",
            "cells": [[{ "mean": 90.5, "std": 0.1 }], [null]]
          }]
        }
        """;

    [Fact]
    public void Read_SoundTable_KeepsEveryField()
    {
        var table = Assert.Single(Read(Sound).Tables);

        Assert.Equal(("t", "Table 1", "Accuracies", TableUnit.Percent, TableOrder.Higher), (table.Id, table.Label, table.Title, table.Unit, table.Better));
        Assert.Equal(new PublishedCell(90.5, 0.1), table.Cells[0][0]);
        Assert.Null(table.Cells[1][0].Mean);
        Assert.Equal("A. Author, Journal (2020)", table.Paper.Source);
    }

    [Theory]
    [InlineData("\"mean\": 90.5", "\"mean\": \"90.5\"", "tables[0].cells[0][0].mean")]
    [InlineData("\"std\": 0.1", "\"std\": -0.1", "tables[0].cells[0][0].std")]
    [InlineData("\"std\": 0.1", "\"sd\": 0.1", "tables[0].cells[0][0].sd")]
    [InlineData("[null]]", "[null, null]]", "tables[0].cells[1]")]
    [InlineData("[null]]", "[null], [null]]", "tables[0].cells")]
    [InlineData(", [null]]", ", [{ \"mean\": 1 }]]", "tables[0].nullMeans")]
    [InlineData("\"paper\": \"p\"", "\"paper\": \"q\"", "tables[0].paper")]
    [InlineData("\"percent\"", "\"percents\"", "tables[0].unit")]
    [InlineData("\"1\", \"10\"", "\"1\", \"1\"", "tables[0].rows")]
    [InlineData("\"title\": \"A title\", ", "", "papers[0].title")]
    [InlineData("\"papers\"", "\"extra\": 1, \"papers\"", "extra")]
    public void Read_OneThingWrong_NamesIt(string right, string wrong, string field)
    {
        Assert.Contains(right, Sound, StringComparison.Ordinal);

        var fault = Assert.Throws<InvalidInputException>(() => Read(Sound.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(field, fault.Faults.Select(f => f.Field));
    }

    private static PaperLibrary Read(string json) => PaperReader.Read(JsonNode.Parse(json)!.AsObject());
}
