namespace Stepsize.Training.Papers;

/// <summary>A published table: facts, as printed.</summary>
public sealed record PaperTable
{
    /// <summary>Such as <c>adaloss-table-1</c>: never changes.</summary>
    public required string Id { get; init; }

    public required Paper Paper { get; init; }

    /// <summary>Where in the paper, such as <c>Table 1</c>.</summary>
    public required string Label { get; init; }

    public required string Title { get; init; }

    /// <summary>What the numbers are, as far as the paper says.</summary>
    public required string Metric { get; init; }

    public required TableUnit Unit { get; init; }

    public required TableOrder Better { get; init; }

    /// <summary>What the rows vary, such as <c>b0</c>.</summary>
    public required string RowAxis { get; init; }

    public required IReadOnlyList<string> Rows { get; init; }

    public required string ColumnAxis { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>By row, then by column.</summary>
    public required IReadOnlyList<IReadOnlyList<PublishedCell>> Cells { get; init; }

    /// <summary>Settings that the paper gives with the table.</summary>
    public string? Notes { get; init; }

    /// <summary>What a cell without a number means; null in tables that have none.</summary>
    public MissingNumber? NullMeans { get; init; }

    public int CellCount => Rows.Count * Columns.Count;
}
