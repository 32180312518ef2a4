using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>Experiments and tables of a paper of which nothing is stored: what they would take, and no numbers.</summary>
internal static class NotRunSection
{
    private const int Cores = 2;

    public static void Write(MarkdownWriter text, IReadOnlyList<StoredExperiment> experiments, IReadOnlyList<TableComparison> tables)
    {
        if (experiments.Count + tables.Count == 0)
        {
            return;
        }

        text.Heading(3, "Not run")
            .List([
                .. experiments.Select(e => $"`{e.Preset.Id}`, {e.Preset.Title}: {Takes(e.Preset)}."),
                .. tables.Select(t => $"{t.Table.Label}, {t.Table.Title}: {string.Join("; ", t.Cells.SelectMany(r => r).Select(c => c.Reason).Distinct())}."),
            ]);
    }

    private static string Takes(Preset preset)
    {
        var specification = preset.Specification;
        var length = new RunLength(specification.Epochs, specification.Iterations);
        return $"{specification.RunCount} {(specification.RunCount == 1 ? "run" : "runs")} of {length}; {(specification.Workload.NeedsGpu ? "needs a GPU" : $"about {TimeText.Of(new DurationEstimator(Cores).Of(specification, null).Span)} on two cores, guessed from its size")}";
    }
}
