using Microsoft.AspNetCore.WebUtilities;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Faults;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports;

/// <summary>Makes the content of a block from what is stored now.</summary>
public sealed class BlockReader(ISweepStore store, ExhibitReader exhibits, ComparisonReader comparisons)
{
    /// <exception cref="InvalidInputException">What the block asks for is not there; the message says what to do.</exception>
    public async Task<FrozenBlock> ReadAsync(ReportBlock block, CancellationToken cancellation) => block.Kind switch
    {
        BlockKind.Text => new FrozenBlock { Block = block },
        BlockKind.Heatmap or BlockKind.Summary or BlockKind.Profile or BlockKind.Curves => await OfSweepAsync(block, cancellation),
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

        var view = SweepView.Of(detail, MeasureText.Parse(block.Measure), block.At, RunStatistic.Parse(block.Stat), block.Tolerance);
        var kind = block.Kind switch
        {
            BlockKind.Heatmap => SweepExhibit.Heatmap,
            BlockKind.Summary => SweepExhibit.Summary,
            BlockKind.Profile => SweepExhibit.Profile,
            _ => SweepExhibit.Curves,
        };
        using var source = new SourceFingerprint();
        return Freeze(block, await exhibits.OfSweepAsync(kind, view, block.Axis, cancellation), $"sweep {id}, {detail.Summary.Name}", source.Add(detail));
    }

    private async Task<FrozenBlock> OfRunsAsync(ReportBlock block, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(block.Runs))
        {
            throw Missing("Give runs by their numbers, such as 12, 20-25, or copy the address of a page of curves. A run's number is at the end of its page's address.");
        }

        // Numbers of runs, or the address of the page that shows the curves: its column goes before the block's.
        var isAddress = block.Runs.Contains('=', StringComparison.Ordinal);
        var given = QueryHelpers.ParseQuery(isAddress ? QueryOf(block.Runs) : "runs=" + string.Concat(block.Runs.Where(c => !char.IsWhiteSpace(c))));
        if (isAddress && given.GetValueOrDefault("y") == "log")
        {
            block = block with { LogarithmicY = true };
        }

        given.TryAdd("show", block.Column.ToString().ToLowerInvariant());
        if (block.LogarithmicX)
        {
            given["x"] = "log";
        }

        var query = CurveQuery.Parse(name => given.GetValueOrDefault(name));
        var (subject, packet) = await exhibits.ReadCurvesAsync(query, cancellation);
        if (subject.Missing > 0)
        {
            throw Missing($"{NumberText.Whole(subject.Missing)} of these runs {(subject.Missing == 1 ? "is" : "are")} not there; a run's number is at the end of its page's address.");
        }

        using var source = new SourceFingerprint();
        return Freeze(
            block, CurvesExhibit.Of(subject, packet, query, block.LogarithmicY),
            $"{subject.Runs.Count()} {(subject.Runs.Count() == 1 ? "run" : "runs")} of {string.Join(" and ", subject.Sweeps.Select(s => $"sweep {s.Id}, {s.Name}"))}", source.Add(packet));
    }

    private async Task<FrozenBlock> OfPaperAsync(ReportBlock block, CancellationToken cancellation)
    {
        var comparison = await exhibits.ComparePaperAsync(block.Table ?? "", cancellation) ?? throw Missing("Choose a published table to show.");
        using var source = new SourceFingerprint();
        return Freeze(block, PaperExhibit.Of(comparison), $"{comparison.Table.Paper.Citation}, {comparison.Table.Label}", source.Add(comparison));
    }

    private async Task<FrozenBlock> OfComparisonAsync(ReportBlock block, CancellationToken cancellation)
    {
        var query = QueryHelpers.ParseQuery(QueryOf(block.Comparison));
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

    /// <summary>What follows the question mark of an address, which may be left out.</summary>
    private static string QueryOf(string address) => address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('#')[0];

    private static InvalidInputException Missing(string message) => new("", message);
}
