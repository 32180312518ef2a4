using Stepsize.Training.Optimizers;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

public class ProtocolRegistryTests
{
    public static TheoryData<string> TableIds => [.. PaperRegistry.Tables.Select(t => t.Id)];

    [Theory]
    [MemberData(nameof(TableIds))]
    public void Templates_OfEveryTable_CoverEveryCell(string table)
    {
        var protocol = ProtocolRegistry.Find(table)!;

        Assert.Equal(protocol.Table.Rows.Count, protocol.Templates.Count);
        Assert.All(protocol.Templates, row => Assert.Equal(protocol.Table.Columns.Count, row.Count));
        Assert.All(protocol.Templates.SelectMany(r => r), t => Assert.True(
            t.NotReproducible is { Length: > 0 }
            || (t.Workload.Length > 0 && t.Optimizer.Length > 0 && t.Values.Count > 0 && t.Runs > 0 && (t.Length.Epochs is null) != (t.Length.Iterations is null))));
    }

    [Fact]
    public void Templates_DeclaredNotReproducible_AreTheQuotedRow()
    {
        var cells = ProtocolRegistry.All
            .SelectMany(p => p.Templates.SelectMany((row, r) => row.Select((t, c) => (p.Table, Row: p.Table.Rows[r], Column: p.Table.Columns[c], Template: t))))
            .Where(x => x.Template.NotReproducible is not null)
            .ToList();

        Assert.Equal(5, cells.Count);
        Assert.All(cells, x => Assert.Equal(("bng-table-1", "SGDM*"), (x.Table.Id, x.Row)));
    }

    /// <summary>What the registries know of a template must accept all of it; what they do not know is a workload or an optimizer as a whole.</summary>
    [Theory]
    [MemberData(nameof(TableIds))]
    public void Resolve_EveryTemplate_FitsTheRegistriesOrNamesWhatIsNotThere(string table)
    {
        foreach (var template in ProtocolRegistry.Find(table)!.Templates.SelectMany(r => r).Where(t => t.NotReproducible is null))
        {
            var resolved = ResolvedTemplate.Of(template, out var reason);
            if (WorkloadRegistry.Find(template.Workload) is not null && OptimizerRegistry.Find(template.Optimizer) is not null)
            {
                Assert.True(resolved is not null, $"{table}: {reason}");
                Assert.Equal(template.Values.Count * template.Runs, resolved!.Expand().Select(r => r.Hash).Distinct().Count());
            }
            else
            {
                Assert.Null(resolved);
                Assert.EndsWith("is not available here", reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Cells_OfTheTablesOverLearningRates_AskForTheGridsThatThePaperLists()
    {
        Assert.Equal([0.005, 0.01, 0.05, 0.1, 0.5, 0.7, 1, 1.3], Cell("adalip-table-2-accuracy", "Max", "SGD").Values);
        Assert.Equal([0.0002, 0.0003, 0.0005, 0.0007, 0.001, 0.005, 0.01], Cell("adalip-table-3-epochs", "Mean", "AdamLip").Values);
        Assert.Equal(Cell("adalip-table-4-accuracy", "Std", "RMSLip").Values, Cell("adalip-table-5", "RMSLip", "CIFAR100").Values);
        Assert.Equal((70, 10), (Cell("adalip-table-5", "SGD", "CIFAR100").Length.Epochs, Cell("adalip-table-5", "SGD", "CIFAR100").Runs));
    }

    [Theory]
    [InlineData("adaloss-table-1", "0.01", 0.01)]
    [InlineData("adaloss-repo-resnet50", "100", 100)]
    [InlineData("d2l-adagrad-2d", "2", 2)]
    public void Values_OfRowsThatAreAxisValues_AreTheLabels(string table, string row, double value)
    {
        var protocol = ProtocolRegistry.Find(table)!;

        Assert.All(protocol.Table.Columns, c => Assert.Equal([value], Cell(table, row, c).Values));
    }

    [Fact]
    public void Departures_OfEveryProtocol_AreSentences() =>
        Assert.All(ProtocolRegistry.All.SelectMany(p => p.Departures), d => Assert.EndsWith(".", d, StringComparison.Ordinal));

    [Fact]
    public void Decimals_OfEveryTable_AreWhatItPrintsBesideATypingError()
    {
        // 7.794 stands among two decimals in the paper; epochs are printed with as many as a mean happens to need.
        var finer = ProtocolRegistry.All
            .Where(p => p.Table.Unit != TableUnit.Epochs)
            .SelectMany(p => p.Table.Cells.SelectMany(r => r).Where(c => c.Mean is { } m && Math.Abs(Math.Round(m, p.Decimals) - m) > 1e-9))
            .Select(c => c.Mean);

        Assert.Equal([7.794], finer);
    }

    private static CellTemplate Cell(string table, string row, string column)
    {
        var protocol = ProtocolRegistry.Find(table)!;
        return protocol.Templates[protocol.Table.Rows.ToList().IndexOf(row)][protocol.Table.Columns.ToList().IndexOf(column)];
    }

    /// <summary>The book prints one run, of which three seeds are launched: its number scatters as one run does.</summary>
    [Fact]
    public void Find_Airfoil_HasOnePublishedRun()
    {
        var template = ProtocolRegistry.Find("d2l-adagrad-airfoil")!.Templates[0][0];

        Assert.Equal((3, 1), (template.Runs, template.PublishedRuns));
        Assert.All(ProtocolRegistry.All.Where(p => p.Table.Id != "d2l-adagrad-airfoil").SelectMany(p => p.Templates).SelectMany(r => r), t => Assert.Equal(t.Runs, t.PublishedRuns));
    }
}
