using System.Globalization;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>
/// docs/experiments.md: what was run of each paper's experiments and what it gave, beside what was published. Every number comes from stored runs, so that the
/// same database gives the same bytes, and none can be stale; what people read in them is kept apart from it, in <see cref="ReadingLibrary"/>.
/// </summary>
internal static class ExperimentsReport
{
    private const string GramPaper = "wu2022";

    /// <param name="experiments">Of every preset, in the registry's order.</param>
    /// <param name="tables">Every published table.</param>
    public static string Write(IReadOnlyList<StoredExperiment> experiments, IReadOnlyList<TableComparison> tables)
    {
        var text = new MarkdownWriter().Heading(1, "Reproducing the experiments");
        Reading(text, ReadingLibrary.Introduction);
        Overview(text, experiments, tables);
        foreach (var paper in PaperRegistry.Papers)
        {
            var (ofPaper, published) = (experiments.Where(e => PaperOf(e) == paper).ToList(), tables.Where(t => t.Table.Paper == paper).ToList());
            if (ofPaper.Count + published.Count == 0)
            {
                continue;
            }

            text.Heading(2, paper.Citation).Paragraph($"*{paper.Title}*, {paper.Source}.");
            Reading(text, paper.Id);
            foreach (var experiment in ofPaper.Where(e => e.IsRun))
            {
                ExperimentSection.Write(text, experiment);
                Reading(text, experiment.Preset.Id);
            }

            foreach (var table in published.Where(PublishedSection.IsRun))
            {
                PublishedSection.Write(text, table);
                Reading(text, table.Table.Id);
            }

            if (paper.Id == GramPaper)
            {
                GramSection.Write(text);
            }

            NotRunSection.Write(text, [.. ofPaper.Where(e => !e.IsRun)], [.. published.Where(t => !PublishedSection.IsRun(t))]);
        }

        return text.ToString();
    }

    /// <summary>The paper whose authors, or title where it has none, a preset's source begins with.</summary>
    internal static Paper? PaperOf(StoredExperiment experiment) => PaperRegistry.Papers.FirstOrDefault(p => experiment.Preset.Source.StartsWith(Authors(p), StringComparison.Ordinal));

    internal static string Days(IReadOnlyList<DateOnly> days) => days.Count switch
    {
        0 => "–",
        1 => Day(days[0]),
        _ => $"{Day(days[0])} to {Day(days[^1])}",
    };

    private static void Overview(MarkdownWriter text, IReadOnlyList<StoredExperiment> experiments, IReadOnlyList<TableComparison> tables)
    {
        text.Heading(2, "What was run")
            .Table(
                ["preset", "runs with a result", "seconds of training, all runs added", "engine", "when"],
                experiments.Where(e => e.IsRun).Select(e => (IReadOnlyList<string>)[
                    $"`{e.Preset.Id}`",
                    $"{e.Runs.Count} of {e.Detail.Specification.RunCount}",
                    Seconds(e.Runs.Sum(r => r.Seconds)),
                    string.Join(", ", e.Engines),
                    Days(e.Days),
                ]))
            .Paragraph("Seconds are a run's own share of the time in which it was trained, whatever else the machine did; for speeds see [Performance](performance.md).")
            .Table(
                ["published table", "numbers", .. VerdictText.All.Select(VerdictText.Of)],
                tables.Select(t => (IReadOnlyList<string>)[
                    $"{t.Table.Paper.Citation}, {t.Table.Label}: {t.Table.Title}", $"{t.Table.CellCount}", .. VerdictText.All.Select(v => $"{t.Count(v)}"),
                ]))
            .Paragraph(
                "*Agrees*: 0 lies in the 95% interval of the difference, to which the rounding of the printed number is added. *Differs*: it does not, as for 5 of 100 pairs of draws of one "
                + "distribution, and fewer for statistics over a grid. *Not comparable*: the runs follow another protocol, or there are too few.");
    }

    /// <summary>The citation without its year.</summary>
    private static string Authors(Paper paper) => paper.Citation[..paper.Citation.IndexOf(" (", StringComparison.Ordinal)];

    private static void Reading(MarkdownWriter text, string id)
    {
        if (ReadingLibrary.Find(id) is { } reading)
        {
            text.Paragraph(reading);
        }
    }

    private static string Seconds(double seconds) => seconds.ToString(seconds < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
