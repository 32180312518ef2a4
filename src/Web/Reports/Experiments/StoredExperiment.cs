using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps.Presets;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>A preset with those of its runs that are stored with a result, from whatever sweeps they are.</summary>
/// <param name="Detail">As if they were one sweep of the preset; runs without a result are left out.</param>
/// <param name="Days">Days, in UTC, on which the sweeps that they are from were finished, or made where they are not.</param>
internal sealed record StoredExperiment(Preset Preset, SweepDetail Detail, IReadOnlyList<DateOnly> Days)
{
    public IReadOnlyList<RunRow> Runs => Detail.Runs;

    public bool IsRun => Runs.Count > 0;

    /// <summary>Engines that made the runs.</summary>
    public IReadOnlyList<string> Engines => [.. Runs.Select(r => r.Provenance?.Engine).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
