namespace Stepsize.Training.Datasets.Tables;

/// <summary>What a person chose of how a table is read. What is null is detected.</summary>
public sealed record TableChoices
{
    /// <summary>Stands for "no separator of thousands", where null would mean that it is detected.</summary>
    public const char None = '\0';

    public TableEncoding? Encoding { get; init; }

    public char? Separator { get; init; }

    public char? Decimal { get; init; }

    public char? Thousands { get; init; }

    public bool? HasHeader { get; init; }

    public MissingCells? Missing { get; init; }

    /// <summary>Column to predict; the last one by default.</summary>
    public string? Target { get; init; }

    /// <summary>Columns to learn from; by default those of numbers, and those of text that have few values.</summary>
    public IReadOnlyList<string>? Features { get; init; }
}
