using Microsoft.AspNetCore.Components;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>All sweeps, newest first, live.</summary>
public sealed partial class SweepList : IAsyncDisposable
{
    private const int PageLength = 20;

    private readonly CancellationTokenSource _leaving = new();
    private List<Row>? _rows;
    private int _total;
    private DateTimeOffset _now;
    private ThrottledRefresh? _refresh;
    private IDisposable? _subscription;

    [Inject]
    public required ISweepStore Store { get; init; }

    [Inject]
    public required ISweepSignals Signals { get; init; }

    [Inject]
    public required SweepGlances Glances { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

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

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await _leaving.CancelAsync();
        if (_refresh is not null)
        {
            await _refresh.DisposeAsync();
        }

        _leaving.Dispose();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        // Only here: a page that is rendered for its first delivery is thrown away afterwards.
        if (firstRender)
        {
            _refresh = new ThrottledRefresh(Clock, () => InvokeAsync(RefreshAsync));
            _subscription = Signals.Subscribe(null, _refresh.Signal);
            _refresh.Signal();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task LoadAsync()
    {
        var sweeps = await Store.ListAsync(_leaving.Token);
        var rows = new List<Row>();
        foreach (var summary in sweeps.Take(Math.Max(PageLength, Show ?? 0)))
        {
            rows.Add(new Row(summary, await Glances.ReadAsync(summary, Store, _leaving.Token)));
        }

        (_rows, _total, _now) = (rows, sweeps.Count, Clock.GetUtcNow());
    }

    private sealed record Row(SweepSummary Summary, SweepGlance? Glance);
}
