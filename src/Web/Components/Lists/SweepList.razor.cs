using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>All sweeps, newest first, live.</summary>
public sealed partial class SweepList
{
    private const int PageLength = 20;

    private List<Row>? _rows;
    private int _total;
    private DateTimeOffset _now;

    [Inject]
    public required ISweepStore Store { get; init; }

    [Inject]
    public required SweepGlances Glances { get; init; }

    /// <summary>How many sweeps to show; more are a link away.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? ShowText { get; set; }

    private int? Show => AddressNumber.Whole(ShowText);

    private string Tally
    {
        get
        {
            var running = _rows!.Count(r => r.Summary.Status == SweepStatus.Running);
            return $"{_total} {(_total == 1 ? "sweep" : "sweeps")}{(running > 0 ? $", {running} running" : "")}";
        }
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender) => Watch(null, readsAtOnce: true);

    protected override async Task LoadAsync()
    {
        var sweeps = await Store.ListAsync(Leaving);
        var rows = new List<Row>();
        foreach (var summary in sweeps.Take(Math.Max(PageLength, Show ?? 0)))
        {
            rows.Add(new Row(summary, await Glances.ReadAsync(summary, Store, Leaving)));
        }

        (_rows, _total, _now) = (rows, sweeps.Count, Clock.GetUtcNow());
    }

    private sealed record Row(SweepSummary Summary, SweepGlance? Glance);
}
