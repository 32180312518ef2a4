using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>Presets that ask about as much of a machine.</summary>
/// <param name="IsOpen">Whether its cards are shown without asking.</param>
public sealed record PresetGroup(string Title, bool IsOpen, IReadOnlyList<Preset> Presets)
{
    /// <summary>What a person would wait for.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(20);

    /// <summary>Those that train here in minutes, those that take longer, and those that need a GPU; groups without presets are left out.</summary>
    /// <param name="estimate">How long a sweep takes on this machine.</param>
    public static IReadOnlyList<PresetGroup> Of(IEnumerable<Preset> presets, Func<SweepSpecification, TimeSpan> estimate)
    {
        var groups = presets.ToLookup(p => p.Specification.Workload.NeedsGpu ? 2 : estimate(p.Specification) <= Short ? 0 : 1);
        return
        [
            .. new[] { ("In minutes, here", true), ("In hours", false), ("Those that need a GPU", false) }
                .Select((group, index) => new PresetGroup(group.Item1, group.Item2, [.. groups[index]]))
                .Where(group => group.Presets.Count > 0),
        ];
    }
}
