using Microsoft.AspNetCore.Components;
using Stepsize.Data.Reports;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Web.Reports;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Reports;

/// <summary>All reports, and a form for a new one.</summary>
public sealed partial class ReportsPage
{
    private IReadOnlyList<ReportSummary>? _reports;
    private IReadOnlyList<SweepSummary> _sweeps = [];
    private DateTimeOffset _now;
    private string _title = "";
    private long _sweep;
    private string? _fault;
    private bool _working;

    [Inject]
    public required IReportStore Reports { get; init; }

    [Inject]
    public required ISweepStore Sweeps { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The sweep that a new report begins with.</summary>
    [SupplyParameterFromQuery(Name = "sweep")]
    public string? SweepText { get; set; }

    private long? Sweep => AddressNumber.Id(SweepText);

    protected override async Task OnInitializedAsync()
    {
        _sweeps = await Sweeps.ListAsync(Leaving);
        _reports = await Reports.ListAsync(Leaving);
        _now = Clock.GetUtcNow();
        if (_sweeps.FirstOrDefault(s => s.Id == Sweep) is { } sweep)
        {
            _sweep = sweep.Id;
            _title = sweep.Name;
        }
    }

    private string Link(ReportSummary report) => report switch
    {
        { Token: null } => "none",
        { ExpiresAt: { } end } when end <= _now => "expired",
        { ExpiresAt: { } end } => $"until {TimeText.Exact(end)}",
        _ => "without end",
    };

    private async Task CreateAsync()
    {
        var title = _title.Trim() is { Length: > 0 } given ? given : _sweeps.FirstOrDefault(s => s.Id == _sweep)?.Name ?? "Untitled report";
        var blocks = _sweep == 0 ? [] : BlockText.OfSweep(_sweep);
        var faults = new FaultList();
        ReportLimits.Check(title, blocks, faults);
        if (faults.Count > 0)
        {
            _fault = string.Join(' ', faults.All);
            return;
        }

        if (_working)
        {
            return;
        }

        _working = true;
        var id = await Reports.CreateAsync(title, ReportJson.Write(blocks), Leaving);
        Navigation.NavigateTo($"reports/{id}");
    }
}
