using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Xunit;

namespace Stepsize.Training.Tests.Sweeps;

public class PresetTests
{
    public static TheoryData<string> Ids => [.. PresetRegistry.All.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Preset_EveryOne_ReadsBackFromItsOwnJson(string id)
    {
        var preset = PresetRegistry.Find(id)!;

        var again = SpecificationReader.Parse(SpecificationWriter.ToJson(preset.Specification).ToJsonString());

        Assert.Equal(preset.Specification.Expand().Select(r => r.Hash), again.Expand().Select(r => r.Hash));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Preset_EveryOne_SaysWhatItIs(string id)
    {
        var preset = PresetRegistry.Find(id)!;

        Assert.Matches("^[a-z0-9-]+$", preset.Id);
        Assert.NotEmpty(preset.Title);
        Assert.Matches(@"\(\d{4}\)", preset.Source);
        Assert.All(preset.Differences.Append(preset.Summary), sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Preset_SmallForm_TrainsOnAFifthOfTheExamplesAtMostAndSaysWhatIsLeftOut()
    {
        var pairs = PresetRegistry.All.Where(p => p.Id.EndsWith("-small", StringComparison.Ordinal)).Select(p => (Small: p, Paper: PresetRegistry.Find(p.Id[..^"-small".Length]))).ToList();

        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair =>
        {
            Assert.NotNull(pair.Paper);
            Assert.InRange(Examples(pair.Small), 1, Examples(pair.Paper) / 5);
            Assert.NotEmpty(pair.Small.Differences);
            Assert.EndsWith(", shortened", pair.Small.Source, StringComparison.Ordinal);
        });
    }

    /// <summary>What a processor trains in minutes has three seeds, so that its tables have intervals; a quadratic has nothing that is drawn.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Preset_Small_HasThreeSeeds(string id)
    {
        var isSmall = id.EndsWith("-small", StringComparison.Ordinal)
            || id is "quickstart" or "linreg-stochastic" or "linreg-batch" or "wu-fig1-linreg" or "two-layer-relu" or "airfoil-linear";
        Assert.True(!isSmall || PresetRegistry.Find(id)!.Specification.Seeds.Count >= 3);
    }

    /// <summary>As the sources count their iterations.</summary>
    [Theory]
    [InlineData("ward-fig3-fulconn2", 234)]
    [InlineData("ward-fig4-cnn", 234)]
    [InlineData("ward-fig4-resnet18", 196)]
    [InlineData("ward-fig4-resnet18-fixed", 196)]
    [InlineData("ward-fig6-resnet18-momentum", 196)]
    [InlineData("adalip-table2", 469)]
    [InlineData("adalip-table3", 391)]
    [InlineData("adalip-table2-small", 24)]
    [InlineData("bng-table1-resnet20", 391)]
    [InlineData("bng-table4", 192)]
    [InlineData("wu-table1-vit", 704)]
    public void Preset_EpochOfIterations_IsTheSources(string id, int iterations)
    {
        var sweep = PresetRegistry.Find(id)!.Specification;
        Assert.Equal(iterations, sweep.IterationsPerEpoch(sweep.Workload.Measure(sweep.WorkloadOptions)));
    }

    /// <summary>A base method and its normalised form differ in the normalisation alone; with decay only on the residual networks of tables 1 to 3.</summary>
    [Theory]
    [MemberData(nameof(BlockNormalized))]
    public void Preset_BlockNormalized_EveryRowDecaysAlike(string id)
    {
        var decays = PresetRegistry.Find(id)!.Specification.Optimizers.Select(o => o.Options.Number("weight_decay")).Distinct();
        Assert.Equal(id.Contains("table1", StringComparison.Ordinal) || id.Contains("table2", StringComparison.Ordinal) || id.Contains("table3", StringComparison.Ordinal)
            || id.Contains("search", StringComparison.Ordinal) ? 1e-4 : 0, Assert.Single(decays));
    }

    public static TheoryData<string> BlockNormalized => [.. PresetRegistry.All.Select(p => p.Id).Where(id => id.StartsWith("bng-", StringComparison.Ordinal))];

    [Theory]
    [InlineData("ward-fig3-logreg")]
    [InlineData("ward-fig3-logreg-small")]
    [InlineData("ward-fig3-fulconn2")]
    [InlineData("ward-fig4-cnn")]
    [InlineData("ward-fig4-cnn-small")]
    [InlineData("ward-fig4-resnet18")]
    public void Preset_FiguresOfNetworks_HaveBothSchedulesOfDecayingSgd(string id) => Assert.Equal(
        ["additive", "multiplicative"],
        PresetRegistry.Find(id)!.Specification.Optimizers.Where(o => o.Optimizer.Id == "sgd-decaysqrt").Select(o => o.Options.Choice("schedule")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("wu-fig2-news")]
    [InlineData("wu-fig2-news-small")]
    public void Preset_AdamsOfAFigure_HaveOneForm(string id)
    {
        foreach (var row in PresetRegistry.Find(id)!.Specification.Optimizers)
        {
            Assert.Equal((0.99, 1e-8), (row.Options.Number("beta2"), row.Options.Number("epsilon")));
            Assert.True(row.Optimizer.Id == "adamloss" || row.Options.Flag("epsilon_inside")); // AdamLoss has no other form.
        }
    }

    [Theory]
    [InlineData("adalip-table2")]
    [InlineData("adalip-table4")]
    public void Preset_AdaLipsBaselines_AreKeras(string id)
    {
        var rows = PresetRegistry.Find(id)!.Specification.Optimizers;
        var adam = rows.Single(r => r.Optimizer.Id == "adam").Options;
        Assert.Equal((1e-7, false, 0.9, 0.999), (adam.Number("epsilon"), adam.Flag("epsilon_inside"), adam.Number("beta1"), adam.Number("beta2")));
        var rms = rows.Single(r => r.Optimizer.Id == "rmsprop").Options;
        Assert.Equal((1e-7, 0.9), (rms.Number("epsilon"), rms.Number("rho")));
    }

    /// <summary>Line search "performs best" only where it may start where the others start.</summary>
    [Fact]
    public void Preset_FullBatchRegression_EveryRowHasTheSameInitialStepsizes()
    {
        var stepsizes = PresetRegistry.Find("linreg-batch")!.Specification.Expand()
            .GroupBy(r => (r.Optimizer.Id, r.Seed), r => r.Optimizer.InitialStepsize(r.Settings)).Select(g => g.Order().ToArray()).ToArray();
        Assert.All(stepsizes, row => Assert.Equal(stepsizes[0], row));
    }

    /// <summary>The presets at a table's size, together, train exactly the runs that the table's comparison asks for: no more and no fewer.</summary>
    [Theory]
    [InlineData("adalip-table2", "adalip-table-2-accuracy")]
    [InlineData("adalip-table3", "adalip-table-3-accuracy")]
    [InlineData("adalip-table4", "adalip-table-4-accuracy")]
    [InlineData("bng-table1-", "bng-table-1")]
    [InlineData("bng-table2-", "bng-table-2")]
    [InlineData("bng-table3", "bng-table-3")]
    [InlineData("bng-table4", "bng-table-4")]
    [InlineData("wu-table1-", "adaloss-table-1")]
    public void Preset_AtTheSizeOfATable_TrainsTheRunsThatTheTableNeeds(string start, string table)
    {
        var presets = PresetRegistry.All.Where(p => p.Id.StartsWith(start, StringComparison.Ordinal) && !p.Id.EndsWith("-small", StringComparison.Ordinal));

        var wanted = ProtocolRegistry.Find(table)!.Templates.SelectMany(row => row)
            .Select(cell => ResolvedTemplate.Of(cell, out _)).OfType<ResolvedTemplate>().SelectMany(cell => cell.Expand()).Select(r => r.Hash).Distinct();

        Assert.Equal(wanted.Order(StringComparer.Ordinal), presets.SelectMany(p => p.Specification.Expand()).Select(r => r.Hash).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_Ids_AreUnique() => Assert.Equal(PresetRegistry.All.Count, PresetRegistry.All.DistinctBy(p => p.Id).Count());

    [Theory]
    [InlineData("nothing")]
    [InlineData("Quadratic-2d")]
    [InlineData("")]
    [InlineData(null)]
    public void Find_UnknownId_IsNull(string? id) => Assert.Null(PresetRegistry.Find(id));

    /// <summary>Examples trained on, over all runs.</summary>
    private static double Examples(Preset preset)
    {
        var sweep = preset.Specification;
        return (double)sweep.RunCount * sweep.BatchSize * sweep.IterationsPerRun(sweep.Workload.Measure(sweep.WorkloadOptions));
    }
}
