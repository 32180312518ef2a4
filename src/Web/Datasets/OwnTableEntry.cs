using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Datasets;

/// <summary>A table of a list.</summary>
/// <param name="Table">Null where it cannot be used.</param>
/// <param name="Fault">Why it cannot be used.</param>
public sealed record OwnTableEntry(string Name, TableReading? Table, string? Fault, IReadOnlyList<SweepOfTable> Sweeps)
{
    public static async Task<List<OwnTableEntry>> ListAsync(TableDesk desk, CancellationToken cancellation)
    {
        var entries = new List<OwnTableEntry>();
        foreach (var name in OwnTables.Names(desk.Folders))
        {
            entries.Add(await ReadAsync(desk, name, cancellation));
        }

        return entries;
    }

    public static async Task<OwnTableEntry> ReadAsync(TableDesk desk, string name, CancellationToken cancellation)
    {
        var uses = await desk.UsesAsync(name, cancellation);
        try
        {
            return new OwnTableEntry(name, await Task.Run(() => OwnTables.Describe(desk.Folders, name), cancellation), null, uses);
        }
        catch (InvalidInputException e)
        {
            return new OwnTableEntry(name, null, string.Join(' ', e.Faults.Select(f => f.Message)), uses);
        }
    }
}
