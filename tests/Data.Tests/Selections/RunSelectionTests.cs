using Stepsize.Data.Selections;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Tests.Selections;

public sealed class RunSelectionTests
{
    [Theory]
    [InlineData("1-20,25", "1-20,25", 21)]
    [InlineData("25, 3,2,1 ,1-2", "1-3,25", 4)]
    [InlineData("5,4", "4,5", 2)]
    [InlineData("1-5,6-9,3-7,,", "1-9", 9)]
    [InlineData("7-7", "7", 1)]
    [InlineData("1-10000", "1-10000", 10_000)]
    [InlineData("9223372036854775807", "9223372036854775807", 1)]
    [InlineData("1-9223372036854775807", "1-9223372036854775807", long.MaxValue)]
    public void Parse_AnyWriting_IsWrittenInOneWay(string text, string expected, long count)
    {
        var selection = RunSelection.Parse(text);

        Assert.Equal((expected, count), (selection.ToString(), selection.Count));
        Assert.Equal(expected, RunSelection.Parse(expected).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("5-3")]
    [InlineData("1-2-3")]
    [InlineData("1;DROP TABLE")]
    [InlineData("１")]
    [InlineData("99999999999999999999")]
    public void Parse_SomethingElse_IsRefusedWithAnExample(string text)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => RunSelection.Parse(text));

        Assert.Contains("1-20,25", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LongerThanAnyAddress_IsRefused() =>
        Assert.Throws<InvalidInputException>(() => RunSelection.Parse(string.Join(',', Enumerable.Range(1, 20_000).Select(i => 2 * i))));

    [Fact]
    public void Runs_OfAList_AreAscendingAndDistinct()
    {
        var selection = RunSelection.Of([9, 2, 3, 9, 4]);

        Assert.Equal([2, 3, 4, 9], selection.Runs);
        Assert.Equal("2-4,9", selection.ToString());
    }
}
