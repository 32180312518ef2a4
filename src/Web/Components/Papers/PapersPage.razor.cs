using Microsoft.AspNetCore.Components;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Views.Papers;

namespace Stepsize.Web.Components.Papers;

/// <summary>Every published table beside our numbers, live.</summary>
public sealed partial class PapersPage
{
    private IReadOnlyList<TableComparison>? _tables;
    private LaunchPlan? _plan;
    private string? _planned;

    [Inject]
    public required StoredRunReader Runs { get; init; }

    /// <summary>Id of the paper whose tables are shown; all where it is left out.</summary>
    [SupplyParameterFromQuery]
    public string? Paper { get; set; }

    /// <summary>Id of the table whose missing runs are shown, to be launched.</summary>
    [SupplyParameterFromQuery]
    public string? Launch { get; set; }

    private Paper? Selected => PaperRegistry.Papers.FirstOrDefault(p => p.Id == Paper);

    private IEnumerable<TableComparison> Shown => _tables!.Where(t => Selected is null || t.Table.Paper == Selected);

    private string Tally
    {
        get
        {
            var shown = Shown.ToList();
            var agree = shown.Sum(t => t.Count(Verdict.Agrees));
            return $"{shown.Sum(t => t.Table.CellCount)} numbers in {shown.Count} tables, {agree} of them reproduced";
        }
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender) => Watch(null, readsAtOnce: false);

    protected override async Task LoadAsync()
    {
        var runs = await Runs.ReadAsync(Leaving);
        _tables = [.. ProtocolRegistry.All.Select(p => TableComparison.Of(p, runs))];
        if (_planned != Launch)
        {
            // Made once: what is confirmed must be what was shown.
            _plan = ProtocolRegistry.Find(Launch) is { } protocol ? MissingRuns.Of([protocol], runs) : null;
            _planned = Launch;
        }
    }

    private string Address(string? launch, string anchor)
    {
        string[] query = [.. Selected is null ? Array.Empty<string>() : [$"paper={Selected.Id}"], .. launch is null ? Array.Empty<string>() : [$"launch={launch}"]];
        return $"papers{(query.Length == 0 ? "" : "?")}{string.Join('&', query)}#{anchor}";
    }
}
