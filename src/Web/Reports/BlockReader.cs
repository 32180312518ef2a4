using Microsoft.AspNetCore.WebUtilities;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Faults;
using Stepsize.Web.Comparison;
using Stepsize.Web.Components.Models;
using Stepsize.Web.Figures;
using Stepsize.Web.Figures.Exhibits;

namespace Stepsize.Web.Reports;

/// <summary>Makes the content of a block from what is stored now.</summary>
public sealed class BlockReader(ISweepStore store, ExhibitReader exhibits, ComparisonReader comparisons)
{
    /// <exception cref="InvalidInputException">What the block asks for is not there; the message says what to do.</exception>
    public async Task<FrozenBlock> ReadAsync(ReportBlock block, CancellationToken cancellation) => block.Kind switch
    {
        BlockKind.Text => new FrozenBlock { Block = block },
        BlockKind.Heatmap or BlockKind.Summary or BlockKind.Curves => await OfSweepAsync(block, cancellation),
        BlockKind.Iterations => await OfRunsAsync(block, cancellation),
        BlockKind.Paper => await OfPaperAsync(block, cancellation),
        _ => await OfComparisonAsync(block, cancellation),
    };

    private async Task<FrozenBlock> OfSweepAsync(ReportBlock block, CancellationToken cancellation)
    {
        if (block.Sweep is not { } id)
        {
            throw Missing("Choose a sweep to show.");
        }

        if (await store.FindAsync(id, cancellation) is not { } detail)
        {
            throw Missing($"There is no sweep {id} any more; choose another, or remove the block.");
        }

        var view = SweepView.Of(detail, MeasureText.Parse(block.Measure), block.At, RunStatistic.Parse(block.Stat));
        var kind = block.Kind switch { BlockKind.Heatmap => SweepExhibit.Heatmap, BlockKind.Summary => SweepExhibit.Summary, _ => SweepExhibit.Curves };
        using var source = new SourceFingerprint();
        return Freeze(block, await exhibits.OfSweepAsync(kind, view, block.Axis, cancellation), $"sweep {id}, {detail.Summary.Name}", source.Add(detail));
    }

    private async Task<FrozenBlock> OfRunsAsync(ReportBlock block, CancellationToken cancellation)
    {
        if (RunList.Parse(block.Runs) is not { } ids)
        {
            throw Missing($"Give 1 to {ExhibitReader.MostRuns} runs by their numbers, separated by commas.");
        }

        var (title, lines) = await exhibits.ReadLinesAsync(ids, block.Column, cancellation);
        if (ids.Except(lines.Select(l => l.RunId)).Select(i => (long?)i).FirstOrDefault() is { } absent)
        {
            throw Missing($"There is no run {absent}; a run's number is at the end of its page's address.");
        }

        using var source = new SourceFingerprint();
        foreach (var line in lines)
        {
            source.Add(line);
        }

        return Freeze(block, IterationExhibit.Of(title, block.Column, lines, block.LogarithmicX, block.LogarithmicY), $"runs {string.Join(", ", lines.Select(l => l.RunId))} of {title}", source);
    }

    private async Task<FrozenBlock> OfPaperAsync(ReportBlock block, CancellationToken cancellation)
    {
        var comparison = await exhibits.ComparePaperAsync(block.Table ?? "", cancellation) ?? throw Missing("Choose a published table to show.");
        using var source = new SourceFingerprint();
        return Freeze(block, PaperExhibit.Of(comparison), $"{comparison.Table.Paper.Citation}, {comparison.Table.Label}", source.Add(comparison));
    }

    private async Task<FrozenBlock> OfComparisonAsync(ReportBlock block, CancellationToken cancellation)
    {
        var start = block.Comparison.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(block.Comparison[(start + 1)..].Split('#')[0]);
        var address = ComparisonAddress.Parse(name => query.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : []);
        var details = await comparisons.ReadAsync(address, cancellation);
        if (details.Count == 0)
        {
            throw Missing("None of the sweeps to compare is there; copy the address of a comparison, or write sweeps=1.2 for sweeps 1 and 2.");
        }

        var view = ComparisonView.Of(address, details);
        var exhibit = block.Kind == BlockKind.Budget
            ? BudgetExhibit.Of(view) ?? throw Missing("None of these optimizers has results to make a tuning budget of.")
            : DifferenceExhibit.Of(view, block.Axis) ?? throw Missing("There is nothing to subtract; compare two sweeps, or two optimizers of one.");
        using var source = new SourceFingerprint();
        foreach (var detail in details)
        {
            source.Add(detail);
        }

        return Freeze(block, exhibit, (details.Count == 1 ? "sweep " : "sweeps ") + string.Join(" and ", details.Select(d => $"{d.Summary.Id}, {d.Summary.Name}")), source);
    }

    private static FrozenBlock Freeze(ReportBlock block, Exhibit exhibit, string source, SourceFingerprint hash) =>
        new() { Block = block, Svg = exhibit.Svg, Table = exhibit.Shown, Source = source, SourceHash = hash.Finish() };

    private static InvalidInputException Missing(string message) => new("", message);
}
