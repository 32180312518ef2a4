using Microsoft.AspNetCore.Components;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Web.Datasets;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>A file that was sent, as it would be read: its first rows, what was detected, and what a person chooses of it, which is all in the address.</summary>
public sealed partial class ImportTablePage
{
    private const int ColumnsShown = 30;
    private const int LettersShown = 40;

    private string? _file;
    private TableInspection? _found;
    private TableInspection? _imported;
    private string? _broken;
    private string? _replaced;
    private string? _refused;
    private bool _working;

    [Inject]
    public required TableUploads Uploads { get; init; }

    [Inject]
    public required TableDesk Desk { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>By which the file is found.</summary>
    [Parameter]
    public required string Word { get; set; }

    [SupplyParameterFromQuery]
    public string? Separator { get; set; }

    [SupplyParameterFromQuery]
    public string? Decimal { get; set; }

    [SupplyParameterFromQuery]
    public string? Thousands { get; set; }

    [SupplyParameterFromQuery]
    public string? Header { get; set; }

    [SupplyParameterFromQuery]
    public string? Encoding { get; set; }

    [SupplyParameterFromQuery]
    public string? Missing { get; set; }

    [SupplyParameterFromQuery]
    public string? Target { get; set; }

    [SupplyParameterFromQuery]
    public string? Features { get; set; }

    [SupplyParameterFromQuery]
    public string? Name { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_imported is not null)
        {
            return;
        }

        var upload = Uploads.Find(Word);
        _file = upload?.File;
        (_broken, _refused, _replaced) = (null, null, null);
        if (upload is null)
        {
            return;
        }

        try
        {
            var (name, choices) = (TableName.Of(Name is { Length: > 0 } ? Name : upload.File), Choices());
            _found = await Task.Run(() => OwnTables.Inspect(name, upload.Read(), choices));
            _replaced = await Desk.ReplacedAsync(name, CancellationToken.None);
        }
        catch (InvalidInputException e)
        {
            (_found, _broken) = (null, string.Join(' ', e.Faults.Select(f => f.Message)));
        }
    }

    private static IReadOnlyList<string> Words<T>(IReadOnlyList<(T, string Word)> words) => [.. words.Select(w => w.Word)];

    private static IEnumerable<TableColumn> Shown(TableInspection found) => found.Reading.Columns.Take(ColumnsShown);

    private static string Short(string cell) => cell.Length <= LettersShown ? cell : cell[..LettersShown] + "…";

    private string? Detected(Func<TableFormat, string> word) => _found is null ? null : word(_found.Reading.Format);

    /// <exception cref="InvalidInputException">The address has a word that is not allowed.</exception>
    private TableChoices Choices()
    {
        var faults = new FaultList();
        var choices = TableChoiceReader.Read(
            field => field switch
            {
                "separator" => Separator,
                "decimal" => Decimal,
                "thousands" => Thousands,
                "header" => Header,
                "encoding" => Encoding,
                "missing" => Missing,
                "target" => Target,
                _ => Features,
            },
            faults);
        faults.ThrowIfAny();
        return choices;
    }

    /// <summary>Columns that were named by another reading of the file may not be there in this one.</summary>
    private void Choose(string field, string? word)
    {
        var keepsColumns = field == nameof(Missing);
        Go(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [Parameter(field)] = word is { Length: > 0 } ? word : null,
            ["target"] = keepsColumns ? Target : null,
            ["features"] = keepsColumns ? Features : null,
        });
    }

    private void ChooseTarget(ChangeEventArgs e) =>
        Go(new Dictionary<string, object?>(StringComparer.Ordinal) { ["target"] = e.Value?.ToString(), ["features"] = null });

    private void ChooseName(ChangeEventArgs e) => Go(new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = e.Value?.ToString() });

    private void Learn(string column, bool isLearned)
    {
        var reading = _found!.Reading;
        var wanted = reading.Columns.Select(c => c.Name).Where(name => name == column ? isLearned : reading.Features.Contains(name, StringComparer.Ordinal));
        Go(new Dictionary<string, object?>(StringComparer.Ordinal) { ["features"] = ColumnList.Write(wanted), ["target"] = reading.Target });
    }

    private void Go(Dictionary<string, object?> changed) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changed), replace: true);

    private static string Parameter(string field) => char.ToLowerInvariant(field[0]) + field[1..];

    private async Task ImportAsync()
    {
        if (_working || Uploads.Find(Word) is not { } upload || _found is not { } found)
        {
            return;
        }

        (_working, _refused) = (true, null);
        try
        {
            var content = await Task.Run(upload.Read);

            // What would be replaced stands on the page: the button says so.
            _imported = await Desk.ImportAsync(found.Name, content, Choices(), replace: _replaced is not null, "Look at what would be replaced, and choose.", CancellationToken.None);
            Uploads.Remove(Word);
        }
        catch (InvalidInputException e)
        {
            _refused = string.Join(' ', e.Faults.Select(f => f.Message));
            _replaced = await Desk.ReplacedAsync(found.Name, CancellationToken.None);
        }
        finally
        {
            _working = false;
        }
    }

    private Task DropAsync()
    {
        Uploads.Remove(Word);
        Navigation.NavigateTo("datasets");
        return Task.CompletedTask;
    }
}
