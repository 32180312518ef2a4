using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Web.Components.Models;
using Stepsize.Web.Datasets;

namespace Stepsize.Web.Components.Pages;

/// <summary>Datasets: what they are, whose, and whether they are here; live while one is fetched.</summary>
public sealed partial class DatasetsPage : IAsyncDisposable
{
    private const int LargestUpload = 64 << 20;
    private const int MostColumnsShown = 12;

    private Dictionary<string, LocatedDataset?> _found = new(StringComparer.Ordinal);
    private List<(string Name, TableSummary? Table, string? Fault)> _tables = [];
    private ThrottledRefresh? _refresh;
    private string? _uploaded;
    private string? _fault;

    [Inject]
    public required DatasetFolders Folders { get; init; }

    [Inject]
    public required DatasetFetches Fetches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public ValueTask DisposeAsync()
    {
        Fetches.Changed -= OnChanged;
        return _refresh?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    protected override void OnInitialized()
    {
        Look();
        _tables = [.. OwnTables.Names(Folders).Select(Summarise)];
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

    private static string Columns(TableSummary table) =>
        string.Join(", ", table.Columns.Take(MostColumnsShown)) + (table.Columns.Count > MostColumnsShown ? $" and {table.Columns.Count - MostColumnsShown} more" : "");

    private void OnChanged(object? sender, EventArgs e) => _refresh?.Signal();

    private void Look() => _found = DatasetRegistry.All.ToDictionary(d => d.Id, d => d.Locate(Folders), StringComparer.Ordinal);

    private (string Name, TableSummary? Table, string? Fault) Summarise(string name)
    {
        try
        {
            return (name, OwnTables.Summarise(Folders, name), null);
        }
        catch (InvalidInputException e)
        {
            return (name, null, string.Join(' ', e.Faults.Select(f => f.Message)));
        }
    }

    private async Task UploadAsync(InputFileChangeEventArgs change)
    {
        (_uploaded, _fault) = (null, null);
        if (change.File.Size > LargestUpload)
        {
            _fault = $"{change.File.Name} has {NumberText.Whole(change.File.Size)} bytes; bring it in with \"datasets import csv PATH\".";
            return;
        }

        var temporary = Path.GetTempFileName();
        try
        {
            await using (var target = File.Create(temporary))
            await using (var source = change.File.OpenReadStream(LargestUpload))
            {
                await source.CopyToAsync(target);
            }

            var table = await Task.Run(() => OwnTables.Import(temporary, change.File.Name, Folders.Writable));
            _uploaded = $"{table.Name} was added: {NumberText.Whole(table.Rows)} rows.";
            _tables = [.. OwnTables.Names(Folders).Select(Summarise)];
        }
        catch (InvalidInputException e)
        {
            _fault = string.Join(' ', e.Faults.Select(f => f.Message)).Replace(temporary, change.File.Name, StringComparison.Ordinal);
        }
        catch (IOException e)
        {
            _fault = $"{change.File.Name} could not be received ({e.Message}); try again.";
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
