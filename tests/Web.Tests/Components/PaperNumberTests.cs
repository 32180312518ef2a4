using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class PaperNumberTests
{
    [Theory]
    [InlineData("adaloss-table-1", 1, 3, "90.50")]
    [InlineData("adaloss-table-1", 0, 2, "N/A")]
    [InlineData("bng-table-1", 0, 2, "7.794")]
    [InlineData("adalip-table-2-accuracy", 0, 0, "1.000")]
    [InlineData("adalip-table-3-epochs", 0, 3, "22.571")]
    [InlineData("adalip-table-3-epochs", 0, 2, "22")]
    [InlineData("d2l-adagrad-2d", 0, 0, "−2.382563")]
    [InlineData("d2l-adagrad-2d", 1, 1, "0.000000")]
    public void Published_Cell_HasThePapersDigits(string table, int row, int column, string expected)
    {
        var protocol = ProtocolRegistry.Find(table)!;

        Assert.Equal(expected, PaperNumber.Published(protocol, protocol.Table.Cells[row][column]));
    }

    [Theory]
    [InlineData(0.123, "+0.12")]
    [InlineData(-0.123, "−0.12")]
    [InlineData(0.001, "0.00")]
    [InlineData(-0.001, "0.00")]
    public void Difference_HasItsSignUnlessItRoundsToNothing(double value, string expected) =>
        Assert.Equal(expected, PaperNumber.Difference(ProtocolRegistry.Find("adaloss-table-1")!, value));

    [Fact]
    public void Ours_EveryRunDiverged_SaysSo() => Assert.Equal("div", PaperNumber.Ours(ProtocolRegistry.Find("adaloss-table-1")!, double.NaN));

    [Fact]
    public void Style_BestOfATable_IsBrightAndAStandardDeviationIsBestWhereSmall()
    {
        var colors = new PaperColors(TableComparison.Of(ProtocolRegistry.Find("adalip-table-2-accuracy")!, RunIndex.Empty));

        Assert.Equal(colors.Style(0, 0, 1.0), colors.Style(3, 5, 0.0)); // Max of 1 and standard deviation of 0.
        Assert.Equal(colors.Style(2, 0, 0.663), colors.Style(3, 0, 0.422)); // The worst mean and the worst standard deviation.
        Assert.NotEqual(colors.Style(2, 0, 0.663), colors.Style(2, 5, 1.0));
    }

    [Fact]
    public void Style_LowerIsBetter_IsBrightWhereLow()
    {
        var errors = new PaperColors(TableComparison.Of(ProtocolRegistry.Find("bng-table-1")!, RunIndex.Empty));
        var accuracies = new PaperColors(TableComparison.Of(ProtocolRegistry.Find("adaloss-table-1")!, RunIndex.Empty));

        Assert.Equal(accuracies.Style(0, 0, 90.83), errors.Style(0, 0, 5.87));
    }

    [Fact]
    public void Style_ExactTable_HasNoColors() =>
        Assert.Null(new PaperColors(TableComparison.Of(ProtocolRegistry.Find("d2l-adagrad-2d")!, RunIndex.Empty)).Style(0, 0, 1));

    /// <summary>Two losses that print alike must look alike.</summary>
    [Fact]
    public void Style_DifferenceBelowThePrintedDigits_IsHardlySeen()
    {
        var colors = new PaperColors(TableComparison.Of(ProtocolRegistry.Find("d2l-adagrad-airfoil")!, RunIndex.Empty));

        Assert.Equal(colors.Style(0, 0, 0.243), colors.Style(0, 0, 0.24301));
    }
}
