using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Datasets;

/// <summary>
/// Brings in, replaces, renames and deletes people's own tables, for pages, HTTP API and command line alike. What touches a table that sweeps were trained on says
/// which they are.
/// </summary>
/// <param name="sweeps">Null where there is no database: nothing is then known of sweeps.</param>
public sealed class TableDesk(DatasetFolders folders, ISweepData? sweeps)
{
    private const int SweepsNamed = 10;

    public DatasetFolders Folders => folders;

    /// <summary>Sweeps that use a table, oldest first.</summary>
    public async Task<IReadOnlyList<SweepOfTable>> UsesAsync(string name, CancellationToken cancellation) =>
        sweeps is null ? [] : await sweeps.OfTableAsync(name, cancellation);

    /// <summary>What importing under this name would replace, in a sentence or two; null where the name is free.</summary>
    public async Task<string?> ReplacedAsync(string name, CancellationToken cancellation)
    {
        if (!OwnTables.Exists(folders, name))
        {
            return null;
        }

        var before = Before(name);
        var uses = await UsesAsync(name, cancellation);
        return $"There is a table {name} already{(before is null ? "" : FormattableString.Invariant($": {before.Rows} rows (SHA-256 {before.Checksum[..8]}…)"))}. "
            + (uses.Count == 0 ? "No sweep uses it." : $"{Named(uses)} it; their results stay, and they can no longer be extended once it is replaced.");
    }

    /// <summary>Checks a table and puts it into the data folder.</summary>
    /// <exception cref="InvalidInputException">
    /// It cannot be trained on as it was chosen; or the name is taken and <paramref name="replace"/> is not set: a fault of no field then, which says what
    /// would be replaced.
    /// </exception>
    /// <param name="how">A sentence that says how to replace it.</param>
    public async Task<TableInspection> ImportAsync(string name, byte[] content, TableChoices choices, bool replace, string how, CancellationToken cancellation)
    {
        if (!replace && await ReplacedAsync(name, cancellation) is { } taken)
        {
            throw new InvalidInputException("", $"{taken} {how}");
        }

        return await Task.Run(() => OwnTables.Import(name, content, choices, folders.Writable, replace), cancellation);
    }

    /// <returns>A sentence on sweeps that named the table.</returns>
    /// <exception cref="InvalidInputException">There is no such table, or the new name cannot be used or is taken.</exception>
    public async Task<string> RenameAsync(string name, string to, CancellationToken cancellation)
    {
        OwnTables.Rename(folders, name, to);
        var uses = await UsesAsync(name, cancellation);
        return $"{name} is called {to} now." + (uses.Count == 0 ? "" : $" {Named(uses)} {name}: their results stay, and they can be extended only while a table has that name.");
    }

    /// <inheritdoc cref="RenameAsync"/>
    public async Task<string> DeleteAsync(string name, CancellationToken cancellation)
    {
        OwnTables.Delete(folders, name);
        var uses = await UsesAsync(name, cancellation);
        return $"{name} was deleted." + (uses.Count == 0 ? "" : $" {Named(uses)} it: their results stay, and they can be extended only once it is back.");
    }

    /// <summary>Such as <c>Sweeps 3 (wine) and 5 (wine again) use</c>.</summary>
    public static string Named(IReadOnlyList<SweepOfTable> uses)
    {
        var names = uses.Take(SweepsNamed).Select(s => $"{s.Id} ({s.Name})").ToList();
        return uses.Count == 1
            ? $"Sweep {names[0]} uses"
            : $"Sweeps {string.Join(", ", names)}{(uses.Count > SweepsNamed ? $" and {uses.Count - SweepsNamed} more" : "")} use";
    }

    private TableReading? Before(string name)
    {
        try
        {
            return OwnTables.Describe(folders, name);
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }
}
