using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Views.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class PresetGroupTests
{
    [Fact]
    public void Of_AllPresets_AreInOneGroupEach()
    {
        var groups = PresetGroup.Of(PresetRegistry.All, sweep => sweep.Name.Contains("small", StringComparison.Ordinal) ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1));

        Assert.Equal(["In minutes, here", "In hours", "Those that need a GPU"], groups.Select(g => g.Title));
        Assert.Equal(PresetRegistry.All.Select(p => p.Id).Order(), groups.SelectMany(g => g.Presets).Select(p => p.Id).Order());
        Assert.All(groups[2].Presets, p => Assert.True(p.Specification.Workload.NeedsGpu));
        Assert.Contains(groups[0].Presets, p => p.Id == "ward-fig4-cnn-small");
        Assert.Equal([true, false, false], groups.Select(g => g.IsOpen));
    }

    [Fact]
    public void Of_NothingTakesLong_HasNoEmptyGroup() =>
        Assert.Equal("In minutes, here", Assert.Single(PresetGroup.Of([PresetRegistry.Find("quickstart")!], _ => TimeSpan.Zero)).Title);
}
