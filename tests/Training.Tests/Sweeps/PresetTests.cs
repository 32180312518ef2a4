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
    public void All_Ids_AreUnique() => Assert.Equal(PresetRegistry.All.Count, PresetRegistry.All.DistinctBy(p => p.Id).Count());

    [Theory]
    [InlineData("nothing")]
    [InlineData("Quadratic-2d")]
    [InlineData("")]
    [InlineData(null)]
    public void Find_UnknownId_IsNull(string? id) => Assert.Null(PresetRegistry.Find(id));
}
