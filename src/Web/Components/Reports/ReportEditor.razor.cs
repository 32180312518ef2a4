using Microsoft.AspNetCore.Components;
using Stepsize.Data.Reports;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Training.Papers;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Reports;

namespace Stepsize.Web.Components.Reports;

/// <summary>A report's blocks and their previews. Every change is saved; publishing freezes what is shown.</summary>
public sealed partial class ReportEditor : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<int, BlockCard> _cards = [];
    private readonly List<ReportBlock> _blocks = [];
    private IReadOnlyList<SweepSummary> _sweeps = [];
    private IReadOnlyList<string> _changed = [];
    private IReadOnlyList<Fault> _faults = [];
    private string _refused = "";
    private ReportRow? _row;
    private string _title = "";
    private int _revision;
    private bool _isUnsaved;
    private bool _isLost;
    private ThrottledRefresh? _saving;

    [Inject]
    public required IReportStore Reports { get; init; }

    [Inject]
    public required ISweepStore Sweeps { get; init; }

    [Inject]
    public required ReportPublisher Publisher { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter]
    public long Id { get; set; }

    private string State => _isLost ? "Not saved: the report was changed elsewhere. Load the page again to see it."
        : _faults.Count > 0 && _isUnsaved ? "Not saved."
        : _isUnsaved ? "Saving…"
        : "Saved.";

    public async ValueTask DisposeAsync()
    {
        if (_saving is not null)
        {
            await _saving.DisposeAsync();
        }

        if (_isUnsaved && !_isLost)
        {
            // What was typed a moment ago is not lost by leaving.
            await SaveAsync();
        }

        await _leaving.CancelAsync();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_row?.Summary.Id == Id)
        {
            return;
        }

        _sweeps = await Sweeps.ListAsync(_leaving.Token);
        await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _saving = new ThrottledRefresh(Clock, () => InvokeAsync(SaveNowAsync));
        }
    }

    private async Task ReadAsync()
    {
        if (await Reports.FindAsync(Id, _leaving.Token) is not { } row)
        {
            Navigation.NotFound();
            return;
        }

        _blocks.Clear();
        _blocks.AddRange(ReportJson.ReadBlocks(row.Draft));
        (_title, _revision) = (row.Summary.Title, row.Revision);
        await ShowAsync(row);
    }

    /// <summary>Shows where publication stands, and whether what was published is still so.</summary>
    private async Task ShowAsync(ReportRow row)
    {
        _row = row;
        _changed = await Reports.FindVersionAsync(Id, null, _leaving.Token) is { } version
            ? await Publisher.ChangedAsync(ReportJson.ReadReport(version.Content), _leaving.Token)
            : [];
    }

    private void TitleChanged(ChangeEventArgs args)
    {
        _title = args.Value as string ?? "";
        Touch();
    }

    private void Changed(ReportBlock block)
    {
        var index = _blocks.FindIndex(b => b.Id == block.Id);
        if (index >= 0)
        {
            _blocks[index] = block;
            Touch();
        }
    }

    private void Add(BlockKind kind)
    {
        var id = _blocks.Select(b => b.Id).DefaultIfEmpty().Max() + 1;
        _blocks.Add(BlockText.New(id, kind, [.. _sweeps.Select(s => s.Id)], PaperRegistry.Tables.First().Id));
        Touch();
    }

    private async Task MoveAsync((ReportBlock Block, int By) move)
    {
        var from = _blocks.FindIndex(b => b.Id == move.Block.Id);
        var to = from + move.By;
        if (from < 0 || to < 0 || to >= _blocks.Count)
        {
            return;
        }

        (_blocks[from], _blocks[to]) = (_blocks[to], _blocks[from]);
        Touch();
        StateHasChanged();

        // A moved element loses the focus.
        await Task.Yield();
        await _cards[move.Block.Id].FocusAsync(move.By);
    }

    private void Remove(ReportBlock block)
    {
        _blocks.RemoveAll(b => b.Id == block.Id);
        _cards.Remove(block.Id);
        Touch();
    }

    private void Touch()
    {
        _isUnsaved = true;
        _saving?.Signal();
    }

    private async Task SaveNowAsync()
    {
        try
        {
            await SaveAsync();
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

    /// <returns>Whether what is shown is stored.</returns>
    private async Task<bool> SaveAsync()
    {
        var faults = new FaultList();
        ReportLimits.Check(_title, _blocks, faults);
        (_faults, _refused) = (faults.All, "This cannot be saved:");
        if (faults.Count > 0 || _isLost)
        {
            return false;
        }

        if (!_isUnsaved)
        {
            return true;
        }

        _isUnsaved = false;
        var saved = await Reports.SaveAsync(Id, _revision, _title.Trim(), ReportJson.Write(_blocks), _leaving.Token);
        (_isLost, _revision) = (saved is null, saved ?? _revision);
        return !_isLost;
    }

    private async Task PublishAsync(TimeSpan? lifetime)
    {
        if (!await SaveAsync())
        {
            return;
        }

        try
        {
            await Publisher.PublishAsync(Id, _title.Trim(), _blocks, lifetime is { } span ? Clock.GetUtcNow() + span : null, _leaving.Token);
        }
        catch (InvalidInputException e)
        {
            (_faults, _refused) = (e.Faults, "This was not published:");
        }

        await ReloadAsync();
    }

    private async Task RevokeAsync()
    {
        await Reports.RevokeAsync(Id, _leaving.Token);
        await ReloadAsync();
    }

    private async Task DeleteAsync()
    {
        _isUnsaved = false;
        await Reports.DeleteAsync(Id, _leaving.Token);
        Navigation.NavigateTo("reports");
    }

    private async Task ReloadAsync()
    {
        if (await Reports.FindAsync(Id, _leaving.Token) is { } row)
        {
            await ShowAsync(row);
        }
    }
}
