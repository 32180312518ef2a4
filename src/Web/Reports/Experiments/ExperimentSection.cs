using System.Globalization;
using Stepsize.Training.Analysis;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Workloads;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>What a preset's runs gave: the heatmap's numbers at the end, and how robust each row is, as the sweep's page has them.</summary>
internal static class ExperimentSection
{
    public static void Write(MarkdownWriter text, StoredExperiment experiment)
    {
        var preset = experiment.Preset;
        text.Heading(3, preset.Title)
            .Paragraph($"`stepsize sweep run {preset.Id}` · {preset.Source}. {preset.Summary}")
            .Paragraph(WhatWasRun(experiment))
            .List(RunRemarks.Of([.. experiment.Runs.Select(r => r.Provenance)]).Select(r => $"*Of these runs:* {r}"))
            .List(preset.Differences.Select(d => $"*Differs from the source:* {d}"));
        var view = SweepView.Of(experiment.Detail, measure: null, moment: null);
        foreach (var grid in view.Grids)
        {
            text.Paragraph($"{Capital(MeasureText.Caption(view.Measure))} at the end{(experiment.Detail.Specification.Seeds.Count > 1 ? ", mean ± 95% interval over seeds" : "")}:")
                .Table(
                    [SweepView.AxisTitle(grid.Axis), .. grid.Rows.Select(r => view.RowTitles[r.Row])],
                    grid.Columns.Select((value, c) => (IReadOnlyList<string>)[NumberText.Axis(value), .. grid.Rows.Select(r => Shown(view, r.Cells[c]))]));
        }

        var columns = SummaryColumns.Of(view.Robustness);
        text.Paragraph("How robust each is:")
            .Table(["", .. columns.Select(c => c.Title)], view.Summaries.Select(row => (IReadOnlyList<string>)[view.RowTitles[row.Row], .. columns.Select(c => c.Cell(row).Text)]))
            .Paragraph(SummaryColumns.Definitions(view.Robustness));
    }

    private static string WhatWasRun(StoredExperiment experiment)
    {
        var (specification, runs) = (experiment.Detail.Specification, experiment.Runs);
        int[] seeds = [.. runs.Select(r => r.Seed).Distinct().Order()];
        var outcomes = runs.GroupBy(r => r.Outcome!.Value).OrderBy(g => g.Key).Select(g => $"{g.Count()} {StatusText.Of(g.Key)}");
        var length = new RunLength(specification.Epochs, specification.Iterations);
        return $"*Run:* {runs.Count} of {specification.RunCount} runs, {(seeds.Length == 1 ? "seed" : "seeds")} {string.Join(", ", seeds)}, {length} each"
            + $"; engine {(experiment.Engines.Count == 0 ? "not recorded" : string.Join(", ", experiment.Engines))}; {ExperimentsReport.Days(experiment.Days)}. "
            + $"*Outcomes:* {string.Join(", ", outcomes)}.";
    }

    private static string Shown(SweepView view, Cell cell)
    {
        if (cell.State is CellState.Missing or CellState.Ended)
        {
            return "";
        }

        var lost = cell.Diverged == 0 ? ""
            : cell.Diverged == cell.Seeds.Count ? cell.Exploded == cell.Diverged ? "exploded" : "diverged"
            : $"{cell.Diverged} of {cell.Seeds.Count} diverged";
        if (cell.Value is not { } value)
        {
            return lost;
        }

        var spread = double.IsFinite(value.HalfWidth) ? $" ± {NumberText.Spread(view.Measure, value.HalfWidth)}" : "";
        return Bounded(view, value.Mean) is { } bound ? bound : $"{NumberText.Of(view.Measure, value.Mean)}{spread}{(lost.Length > 0 ? $" ({lost})" : "")}";
    }

    /// <summary>Below what rounding lets one tell, a loss is a bound.</summary>
    private static string? Bounded(SweepView view, double mean) =>
        !view.Measure.IsAccuracy() && mean < view.Robustness.Study.Floor ? $"≤ {NumberText.Of(view.Measure, view.Robustness.Study.Floor)}" : null;

    private static string Capital(string text) => string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(text[0])}{text[1..]}");
}
