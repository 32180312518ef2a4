using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Stepsize.Web.Components.Shared;
using Stepsize.Web.Datasets;

namespace Stepsize.Web.Components.Lists;

/// <summary>Datasets: what they are, whose, and whether they are here; live while one is fetched.</summary>
public sealed partial class DatasetsPage : IAsyncDisposable
{
    private Dictionary<string, LocatedDataset?> _found = new(StringComparer.Ordinal);
    private List<OwnTableEntry> _tables = [];
    private IReadOnlyList<WeightsListing> _weights = [];
    private ThrottledRefresh? _refresh;
    private string? _done;
    private string? _fault;

    [Inject]
    public required DatasetFolders Folders { get; init; }

    [Inject]
    public required DatasetFetches Fetches { get; init; }

    [Inject]
    public required TableDesk Desk { get; init; }

    [Inject]
    public required TableUploads Uploads { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public ValueTask DisposeAsync()
    {
        Fetches.Changed -= OnChanged;
        return _refresh?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    protected override async Task OnInitializedAsync()
    {
        Look();
        _weights = await Task.Run(() => WeightsListing.Read(Folders));
        await LookAtTablesAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _refresh = new ThrottledRefresh(Clock, () => InvokeAsync(() =>
            {
                Look();
                StateHasChanged();
            }));
            Fetches.Changed += OnChanged;
        }
    }

    private void OnChanged(object? sender, EventArgs e) => _refresh?.Signal();

    private void Look() => _found = DatasetRegistry.All.ToDictionary(d => d.Id, d => d.Locate(Folders), StringComparer.Ordinal);

    private async Task LookAtTablesAsync() => _tables = await OwnTableEntry.ListAsync(Desk, CancellationToken.None);

    /// <param name="change">Gives a sentence on what it did.</param>
    private async Task ChangeAsync(Func<Task<string>> change)
    {
        (_done, _fault) = (null, null);
        try
        {
            _done = await change();
        }
        catch (InvalidInputException e)
        {
            _fault = string.Join(' ', e.Faults.Select(f => f.Message));
        }

        await LookAtTablesAsync();
    }

    /// <summary>What was sent is looked at on a page of its own before it is taken.</summary>
    private async Task UploadAsync(InputFileChangeEventArgs change)
    {
        (_done, _fault) = (null, null);
        try
        {
            await using var source = change.File.OpenReadStream(long.MaxValue);
            var word = await Uploads.ReceiveAsync(change.File.Name, source, CancellationToken.None);
            Navigation.NavigateTo($"datasets/import/{word}");
        }
        catch (InvalidInputException e)
        {
            _fault = string.Join(' ', e.Faults.Select(f => f.Message));
        }
        catch (IOException)
        {
            _fault = $"{change.File.Name} could not be received; try again.";
        }
    }
}
