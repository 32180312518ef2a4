using System.Text;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class TableInspectorTests
{
    [Fact]
    public void Inspect_PlainTable_HasNoRemarkButThatItsTargetIsReal()
    {
        var found = Inspect(OwnTableFiles.Plain());
        Assert.Empty(found.Faults);
        Assert.Contains("csv-linear predicts them as numbers", Assert.Single(found.Remarks), StringComparison.Ordinal);
        Assert.Equal(new TableFormat(TableEncoding.Utf8, ',', '.', null, true), found.Reading.Format);
        Assert.Equal(("y", OwnTableFiles.Rows), (found.Reading.Target, found.Reading.UsableRows));
        Assert.Equal(["x1", "x2"], found.Reading.Features);
        Assert.Equal(10, found.FirstRows.Count);
        Assert.Equal(2, found.FirstRows[0].Line);
    }

    [Fact]
    public void Inspect_DecimalCommas_AreNumbers()
    {
        var found = Inspect(OwnTableFiles.Plain("x1;x2;y", point: ',', separator: ';'));
        Assert.Empty(found.Faults);
        Assert.Equal((';', ',', null), (found.Reading.Format.Separator, found.Reading.Format.Decimal, found.Reading.Format.Thousands));
        Assert.Equal(["x1", "x2"], found.Reading.Features);
        Assert.Contains(found.Remarks, r => r.StartsWith("Decimals are written with a comma", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_DecimalCommasWithoutHeader_AreNotTakenForSeparators()
    {
        var found = Inspect("1,5;2,5\n-3,25;4,0\n7,5;0,25\n");
        Assert.Equal((';', ',', false), (found.Reading.Format.Separator, found.Reading.Format.Decimal, found.Reading.Format.HasHeader));
        Assert.Equal((2, 3), (found.Reading.Columns.Count, found.Reading.Rows));
    }

    [Theory]
    [InlineData("a,b\n\"1,234.5\",2\n\"12,000.25\",3\n1.5,4\n", ',', '.', ',', 12000.25)]
    [InlineData("a;b\n1.234,5;2\n12.000,25;3\n1,5;4\n", ';', ',', '.', 12000.25)]
    [InlineData("a;b\n1 234,5;2\n12\u00A0000,25;3\n1,5;4\n", ';', ',', ' ', 12000.25)]
    [InlineData("a;b\n1'234.5;2\n12'000.25;3\n1.5;4\n", ';', '.', '\'', 12000.25)]
    [InlineData("a;b\n1,234,567;2\n12,000;3\n5;4\n", ';', '.', ',', 1234567.0)]
    public void Inspect_Thousands_AreDetectedAndSaid(string text, char separator, char point, char thousands, double largest)
    {
        var found = Inspect(text);
        Assert.Empty(found.Faults);
        Assert.Equal((separator, point, (char?)thousands), (found.Reading.Format.Separator, found.Reading.Format.Decimal, found.Reading.Format.Thousands));
        Assert.Equal(largest, found.Reading.Columns[0].Largest);
        Assert.Contains(found.Remarks, r => r.StartsWith("Thousands are grouped", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_SepLine_NamesTheSeparatorAndIsNoRow()
    {
        var found = Inspect(OwnTableFiles.Plain("sep=;\nx1;x2;y", separator: ';'));
        Assert.Empty(found.Faults);
        Assert.Equal(["x1", "x2", "y"], found.Reading.Columns.Select(c => c.Name));
        Assert.Equal(OwnTableFiles.Rows, found.Reading.Rows);
        Assert.Equal(3, found.FirstRows[0].Line);
        Assert.Contains(found.Remarks, r => r.Contains("sep=;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"x1\n(cm)\",x2,y", "x1 (cm)")]
    [InlineData("\"x1, wide\",x2,y", "x1, wide")]
    [InlineData("größe,x2,y", "größe")]
    [InlineData("цель,λ₂,y", "цель")]
    [InlineData("a\u202Eb,x2,y", "ab")]
    [InlineData(",x2,y", "column 1")]
    public void Inspect_NamesOfAllKinds_CanBeSaidInASpecification(string header, string expected)
    {
        var found = Inspect(OwnTableFiles.Plain(header));
        Assert.Empty(found.Faults);
        Assert.Equal(expected, found.Reading.Columns[0].Name);
        Assert.Equal([expected, .. found.Reading.Features.Skip(1)], ColumnList.Read(ColumnList.Write(found.Reading.Features)));
        Assert.Equal(OwnTableFiles.Rows, found.Reading.Rows);
    }

    [Fact]
    public void Inspect_SameNameTwice_IsToldApartAndSaid()
    {
        var found = Inspect(OwnTableFiles.Plain("x,x,y"));
        Assert.Empty(found.Faults);
        Assert.Equal(["x", "x (2)"], found.Reading.Features);
        Assert.Contains(found.Remarks, r => r.Contains("In line 1, columns 1 and 2 are both named \"x\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x1,x2,y,")]
    [InlineData("x1,x2,y")]
    [InlineData("x1,x2,y,,")]
    public void Inspect_TrailingSeparators_MakeNoColumn(string header)
    {
        var found = Inspect(Encoding.UTF8.GetBytes(OwnTableFiles.Text(header, lineEnd: ",")));
        Assert.Empty(found.Faults);
        Assert.Equal(["x1", "x2", "y"], found.Reading.Columns.Select(c => c.Name));
        Assert.Equal("y", found.Reading.Target);
        Assert.Contains(found.Remarks, r => r.Contains("separators behind which nothing stands", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_EmptyRowsAtTheEnd_AreLeftOutAndSaid()
    {
        var found = Inspect(OwnTableFiles.Plain(tail: ",,\n , ,\n,,\n"));
        Assert.Empty(found.Faults);
        Assert.Equal((OwnTableFiles.Rows, OwnTableFiles.Rows), (found.Reading.Rows, found.Reading.UsableRows));
        Assert.Equal(["x1", "x2"], found.Reading.Features);
        Assert.Contains(found.Remarks, r => r.StartsWith("3 empty rows at the end, from line 62 on", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_NoHeader_LosesNoRow()
    {
        var found = Inspect(OwnTableFiles.Plain(header: ""));
        Assert.Empty(found.Faults);
        Assert.False(found.Reading.Format.HasHeader);
        Assert.Equal(OwnTableFiles.Rows, found.Reading.Rows);
        Assert.Equal(["column 1", "column 2", "column 3"], found.Reading.Columns.Select(c => c.Name));
        Assert.Contains(found.Remarks, r => r.StartsWith("The first row holds numbers", StringComparison.Ordinal));
        Assert.Equal(OwnTableFiles.Rows - 1, Inspect(OwnTableFiles.Plain(header: ""), new TableChoices { HasHeader = true }).Reading.Rows);
    }

    [Fact]
    public void Inspect_NoHeaderAndClassesInWords_LosesNoRow() =>
        Assert.Equal((4, false), Inspect("5.1,3.5,rose\n4.9,3,rose\n6.2,2.8,iris\n5.9,3,iris\n").Reading is var r ? (r.Rows, r.Format.HasHeader) : default);

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("NaN")]
    [InlineData("-")]
    [InlineData("?")]
    public void Inspect_MissingCell_IsRefusedOrDroppedOrTheMean(string cell)
    {
        var content = OwnTableFiles.Plain(tail: $"1.0,{cell},3.0\n");
        var refused = Assert.Single(Inspect(content).Faults);
        Assert.Equal("missing", refused.Field);
        Assert.StartsWith("line 62, column \"x2\": there is no value", refused.Message, StringComparison.Ordinal);
        Assert.Contains("drop leaves their rows out", refused.Message, StringComparison.Ordinal);
        var dropped = Inspect(content, new TableChoices { Missing = MissingCells.Drop });
        Assert.Empty(dropped.Faults);
        Assert.Equal((OwnTableFiles.Rows + 1, OwnTableFiles.Rows), (dropped.Reading.Rows, dropped.Reading.UsableRows));
        var mean = Inspect(content, new TableChoices { Missing = MissingCells.Mean });
        Assert.Empty(mean.Faults);
        Assert.Equal(OwnTableFiles.Rows + 1, mean.Reading.UsableRows);
        Assert.Empty(Inspect(content, new TableChoices { Features = ["x1"] }).Faults);
    }

    [Theory]
    [InlineData("1e300")]
    [InlineData("-1e300")]
    [InlineData("1e400")]
    [InlineData("2e30")]
    public void Inspect_NumberThatWouldMakeZerosOfTheOthers_IsRefused(string cell)
    {
        var fault = Assert.Single(Inspect(OwnTableFiles.Plain(tail: $"{cell},1,3\n")).Faults);
        Assert.StartsWith("line 62, column \"x1\": " + cell, fault.Message, StringComparison.Ordinal);
        Assert.Contains("leave the column out", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_NumberFarFromTheOthers_IsSaid() =>
        Assert.Contains(Inspect(OwnTableFiles.Plain(tail: "1e12,1,3\n")).Remarks, r => r.StartsWith("\"1e12\" in line 62, column \"x1\"", StringComparison.Ordinal));

    [Fact]
    public void Inspect_CellThatIsNoNumber_IsRefusedWithItsPlace()
    {
        var fault = Assert.Single(Inspect(OwnTableFiles.Plain(tail: "1.0,abc,3\n2,inf,3\n")).Faults);
        Assert.StartsWith("line 62, column \"x2\": \"abc\" is not a number, and 1 more in this column", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_TextColumns_BecomeOneHotOrAreLeftOut()
    {
        var rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"row {i},{(i % 3 == 0 ? "red" : "blue")},{i},{i % 2}\n"));
        var found = Inspect("id,colour,x,y\n" + rows);
        Assert.Empty(found.Faults);
        Assert.Equal(["colour", "x"], found.Reading.Features);
        Assert.Equal(["blue", "red"], found.Reading.Columns[1].Categories);
        Assert.Contains(found.Remarks, r => r.Contains("\"colour\" (2 values)", StringComparison.Ordinal) && r.Contains("one-hot", StringComparison.Ordinal));
        Assert.Contains(found.Remarks, r => r.Contains("\"id\" (12 values)", StringComparison.Ordinal) && r.Contains("not learned from", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TableEncoding.Latin1, "größe,x2,y")]
    [InlineData(TableEncoding.Utf16LittleEndian, "größe,λ₂,y")]
    [InlineData(TableEncoding.Utf16BigEndian, "größe,λ₂,y")]
    [InlineData(TableEncoding.Utf8, "größe,λ₂,y")]
    public void Inspect_Encoding_IsDetectedWithAndWithoutItsMark(TableEncoding encoding, string header)
    {
        var letters = encoding switch
        {
            TableEncoding.Latin1 => Encoding.Latin1,
            TableEncoding.Utf16LittleEndian => Encoding.Unicode,
            TableEncoding.Utf16BigEndian => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        var bytes = letters.GetBytes(OwnTableFiles.Text(header));
        foreach (var content in new[] { bytes, [.. letters.Preamble, .. bytes] })
        {
            var found = Inspect(content);
            Assert.Empty(found.Faults);
            Assert.Equal(encoding, found.Reading.Format.Encoding);
            Assert.Equal("größe", found.Reading.Columns[0].Name);
            Assert.Equal(encoding != TableEncoding.Utf8, found.Remarks.Any(r => r.Contains("UTF", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("a,b\n", "it ends after its first row")]
    [InlineData("a\n1\n2\n", "one column only")]
    [InlineData("a,b\n1,2\n3\n", "Line 3 has 1 cell where line 1 has 2")]
    [InlineData("a,b\n1,2\n3,4,5\n", "Line 3 has 3 cells where line 1 has 2")]
    [InlineData("a,b\n\"1\"x,2\n", "quotation marks do not pair up")]
    [InlineData("a,b\n1,\02\n", "zero byte")]
    [InlineData("PK\u0003\u0004 and so on", "Save the sheet as CSV")]
    public void Inspect_WhatIsNoTable_IsRefusedWithTheRemedy(string text, string expected)
    {
        var message = Record.Exception(() => Inspect(text)) is InvalidInputException e ? e.Message : string.Join(' ', Inspect(text).Faults);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("original", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_EncodingChosenWrong_SaysInWhichLine() => Assert.Contains(
        "in line 1, the bytes are not UTF-8",
        Assert.Throws<InvalidInputException>(() => Inspect(Encoding.Latin1.GetBytes("größe,y\n1,2\n"), new TableChoices { Encoding = TableEncoding.Utf8 })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Inspect_Damaged_IsRefusedOrRead() =>
        HostileFiles.Check("a,b,c\n1,2,x\n-3e5,\"4\",y\n"u8.ToArray(), damaged => Inspect(damaged));

    private static TableInspection Inspect(string text, TableChoices? choices = null) => Inspect(Encoding.UTF8.GetBytes(text), choices);

    private static TableInspection Inspect(byte[] content, TableChoices? choices = null) => OwnTables.Inspect("mine.csv", content, choices ?? new TableChoices());
}
