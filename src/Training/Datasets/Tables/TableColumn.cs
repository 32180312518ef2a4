namespace Stepsize.Training.Datasets.Tables;

/// <summary>A cell that stands for others like it.</summary>
/// <param name="Line">Of the file, counted from 1.</param>
public sealed record TableCell(int Line, string Text);

/// <summary>What is known of a column, once and for all: it is kept beside the table.</summary>
public sealed record TableColumn
{
    /// <summary>Most different values that are counted; a target has no more classes.</summary>
    public const int MostValues = 1000;

    /// <summary>Most values of a text column that is learned from.</summary>
    public const int MostCategories = 100;

    public required string Name { get; init; }

    public required ColumnKind Kind { get; init; }

    /// <summary>Cells without a value.</summary>
    public int Missing { get; init; }

    public TableCell? FirstMissing { get; init; }

    /// <summary>Cells of a column of numbers that are none.</summary>
    public int Wrong { get; init; }

    public TableCell? FirstWrong { get; init; }

    /// <summary>How many different values it has; null for more than <see cref="MostValues"/>.</summary>
    public int? Values { get; init; }

    /// <summary>The values of a text column in order, where they are at most <see cref="MostCategories"/>; else empty.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public double? Smallest { get; init; }

    public double? Largest { get; init; }

    /// <summary>Where the number furthest from zero stands.</summary>
    public TableCell? Furthest { get; init; }

    /// <summary>Whether every number is whole.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Numbers that it gives a row of features.</summary>
    internal int Width => Kind == ColumnKind.Text ? Categories.Count : 1;
}
