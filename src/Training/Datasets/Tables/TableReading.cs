namespace Stepsize.Training.Datasets.Tables;

/// <summary>How a table is read, and what is in it then: decided when it is imported, and kept beside it, so that training reads it the same way for ever.</summary>
public sealed record TableReading
{
    public required TableFormat Format { get; init; }

    public required MissingCells Missing { get; init; }

    /// <summary>Column to predict where a sweep names none.</summary>
    public required string Target { get; init; }

    /// <summary>Columns to learn from where a sweep names none.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>Without the header and rows that are empty.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows left with these features and this target, after those with missing cells went where they do.</summary>
    public required int UsableRows { get; init; }

    /// <summary>Of the content.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required string Checksum { get; init; }

    /// <summary>The column of this name; null where there is none.</summary>
    public TableColumn? Column(string name) => Find(name) is >= 0 and var place ? Columns[place] : null;

    internal int Find(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }
}
