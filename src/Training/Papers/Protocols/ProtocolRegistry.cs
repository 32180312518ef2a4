namespace Stepsize.Training.Papers.Protocols;

/// <summary>The protocol of every table: the file of its id in this folder.</summary>
public static class ProtocolRegistry
{
    private static readonly Lazy<IReadOnlyList<TableProtocol>> Protocols = new(
        () => [.. PaperRegistry.Tables.Select(t => ProtocolReader.Read(EmbeddedJson.Load($"Papers.Protocols.{t.Id}.json"), t))]);

    /// <summary>In the order of <see cref="PaperRegistry.Tables"/>.</summary>
    public static IReadOnlyList<TableProtocol> All => Protocols.Value;

    /// <summary>The protocol of the table of this id, or null.</summary>
    public static TableProtocol? Find(string? tableId) => All.FirstOrDefault(p => p.Table.Id == tableId);
}
