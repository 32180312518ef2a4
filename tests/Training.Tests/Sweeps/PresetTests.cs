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
