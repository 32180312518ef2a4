using System.Text;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class AirfoilTableTests
{
    private const string TwoRows = "800\t0\t0.3048\t71.3\t0.00266337\t126.201\r\n1000\t0\t0.3048\t71.3\t0.00266337\t125.201\n";

    [Fact]
    public void Load_ShippedFile_HasItsRows()
    {
        var (table, checksum) = new AirfoilDataset().Load(RepositoryFiles.Datasets);
        Assert.Equal((1503, 6), (table.Rows, table.Columns.Count));
        Assert.Equal((800, 126.201), (table[0, 0], table[0, 5]));
        Assert.Equal(104.204, table[1502, 5]);
        Assert.StartsWith("10ee06e6", checksum, StringComparison.Ordinal);
    }

    [Fact]
    public void Standardised_AllRows_HasMeanZeroAndDeviationOne()
    {
        var (table, _) = new AirfoilDataset().Load(RepositoryFiles.Datasets);
        var (mean, deviation) = table.Standardised(table.Rows).Moments(table.Rows);
        Assert.All(mean, m => Assert.Equal(0, m, 1e-12));
        Assert.All(deviation, d => Assert.Equal(1, d, 1e-12));
    }

    [Fact]
    public void Standardised_ConstantColumn_BecomesZero() =>
        Assert.Equal([0, -1, 0, 1], new NumberTable(["a", "b"], [3, 1, 3, 2]).Standardised(2).Values);

    [Fact]
    public void Load_OneDigitChanged_IsRefused()
    {
        using var folder = new DataFolder();
        var original = File.ReadAllText(RepositoryFiles.Datasets.Find(AirfoilDataset.FileName)!);
        folder.Write(AirfoilDataset.FileName, original.Replace("126.201", "126.202", StringComparison.Ordinal));
        var error = Assert.Throws<InvalidInputException>(() => new AirfoilDataset().Load(folder.Folders));
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        folder.Write(AirfoilDataset.FileName, original.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(1503, new AirfoilDataset().Load(folder.Folders).Table.Rows);
    }

    [Theory]
    [InlineData("1\t2\t3\t4\t5\n", "5 fields")]
    [InlineData("1\t2\t3\t4\t5\tNaN\n", "field 6")]
    [InlineData("1\t2\t3\t4\t5\t1e999\n", "field 6")]
    [InlineData("", "ends after 0 lines")]
    [InlineData("1\t2\t3\t4\t5\t6\n1\t2\t3\t4\t5\t6\n\n", "goes on after 2")]
    public void Parse_BadLine_SaysWhereAndWhat(string text, string expected)
    {
        var error = Assert.Throws<InvalidInputException>(() => AirfoilTable.Parse("airfoil.dat", Encoding.UTF8.GetBytes(text), 2));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("byte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Damaged_IsRefusedOrRead() =>
        HostileFiles.Check(Encoding.UTF8.GetBytes(TwoRows), damaged => AirfoilTable.Parse("airfoil.dat", damaged, 2));
}
