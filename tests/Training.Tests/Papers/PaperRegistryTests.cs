using System.Globalization;
using System.Text.RegularExpressions;
using Stepsize.Training.Papers;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

public partial class PaperRegistryTests
{
    [Fact]
    public void Tables_OfFivePapers_AreFifteenWith289Cells()
    {
        Assert.Equal(5, PaperRegistry.Papers.Count);
        Assert.Equal(15, PaperRegistry.Tables.Count);
        Assert.Equal(289, PaperRegistry.Tables.Sum(t => t.CellCount));
        Assert.All(PaperRegistry.Tables, t => Assert.Equal(t.CellCount, t.Cells.Sum(r => r.Count)));
    }

    [Fact]
    public void Tables_CellsWithoutANumber_AreTheTwoThatDiverged()
    {
        var empty = PaperRegistry.Tables
            .SelectMany(t => t.Cells.SelectMany((row, r) => row.Select((cell, c) => (Table: t, r, c, cell))))
            .Where(x => x.cell.Mean is null)
            .ToList();

        Assert.Equal([("adaloss-table-1", 0, 2), ("adaloss-table-1", 1, 2)], empty.Select(x => (x.Table.Id, x.r, x.c)));
        Assert.All(empty, x => Assert.Equal(MissingNumber.Diverged, x.Table.NullMeans));
    }

    /// <summary>Rows as the papers print them.</summary>
    [Theory]
    [InlineData("adaloss-table-1", "0.01", "90.65 ± 0.09  68.34 ± 2.87  N/A  90.76 ± 0.04")]
    [InlineData("adaloss-table-1", "1", "90.58 ± 0.12  89.33 ± 0.02  83.21 ± 0.81  90.52 ± 0.07")]
    [InlineData("adaloss-table-1", "100", "89.62 ± 0.12  89.99 ± 0.11  89.85 ± 0.14  89.58 ± 0.06")]
    [InlineData("bng-table-1", "Adam", "9.14 ± 0.07  8.33 ± 0.17  7.794 ± 0.22  7.33 ± 0.19  6.75 ± 0.30")]
    [InlineData("bng-table-1", "SGDM*", "8.75  7.51  7.17  6.97  6.61 ± 0.16")]
    [InlineData("bng-table-1", "SGDMNG_adap", "7.71 ± 0.18  6.90 ± 0.11  6.43 ± 0.03  6.19 ± 0.11  5.87 ± 0.10")]
    [InlineData("bng-table-2", "SGDMCLIP", "35.06 ± 0.37  34.49 ± 0.49  33.36 ± 0.36  34.00 ± 0.96  33.38 ± 0.73")]
    [InlineData("bng-table-3", "AdamNG", "30.17  10.51")]
    [InlineData("bng-table-4", "Validation Accuracy", "77.11  74.02  71.95  69.89  71.95  64.35")]
    [InlineData("adalip-table-2-accuracy", "Mean", "0.663  0.883  0.999  0.999  1.0  1.0")]
    [InlineData("adalip-table-2-epochs", "Mean", "4.5  3.1  1.75  1.5  1.5  1")]
    [InlineData("adalip-table-3-accuracy", "Std", "0.346  0.310  0.299  0.298  0.120  0.084")]
    [InlineData("adalip-table-3-epochs", "Mean", "27.4  27.6  22  22.571  21.2  20.6")]
    [InlineData("adalip-table-4-accuracy", "Max", "0.965  0.978  0.966  0.967  0.956  0.966")]
    [InlineData("adalip-table-4-epochs", "Median", "62.5  49  42.5  40.5  40  38")]
    [InlineData("adalip-table-5", "RMSLip", "0.9909  0.7622  0.5884")]
    [InlineData("d2l-adagrad-2d", "0.4", "-2.382563  -0.158591")]
    [InlineData("d2l-adagrad-2d", "2", "-0.002295  -0.000000")]
    [InlineData("d2l-adagrad-airfoil", "from scratch", "0.243")]
    public void Cells_OfARow_AreAsPrinted(string table, string row, string printed)
    {
        var found = PaperRegistry.Find(table)!;
        var cells = found.Cells[found.Rows.ToList().IndexOf(row)];

        Assert.Equal(PrintedCell().Matches(printed).Select(Read), cells);
    }

    [Fact]
    public void Papers_OfEveryTable_SayAuthorsAndVenue() =>
        Assert.All(PaperRegistry.Tables, t => Assert.True(t.Paper.Authors.Length > 0 && t.Paper.Venue.Length > 0));

    private static PublishedCell Read(Match match) => match.Value == "N/A"
        ? PublishedCell.Empty
        : new PublishedCell(Number(match.Groups["mean"].Value), match.Groups["std"].Success ? Number(match.Groups["std"].Value) : null);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"N/A|(?<mean>-?\d+(\.\d+)?)( ± (?<std>\d+\.\d+))?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PrintedCell();
}
