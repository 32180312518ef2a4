namespace Stepsize.Training.Papers;

/// <summary>The papers and their tables. A new table is its entry in <c>Published/tables.json</c> and its file in <c>Protocols</c>.</summary>
public static class PaperRegistry
{
    private static readonly Lazy<PaperLibrary> Library = new(() => PaperReader.Read(EmbeddedJson.Load("Papers.Published.tables.json")));

    /// <summary>As the file lists them.</summary>
    public static IReadOnlyList<Paper> Papers => Library.Value.Papers;

    public static IReadOnlyList<PaperTable> Tables => Library.Value.Tables;

    /// <summary>The table of this id, or null.</summary>
    public static PaperTable? Find(string? id) => Tables.FirstOrDefault(t => t.Id == id);
}
