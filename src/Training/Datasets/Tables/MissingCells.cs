namespace Stepsize.Training.Datasets.Tables;

/// <summary>What becomes of cells of the chosen columns that are empty or hold a word such as NA.</summary>
public enum MissingCells
{
    /// <summary>The table is refused, naming line and column.</summary>
    Refuse,

    /// <summary>Rows with one are left out.</summary>
    Drop,

    /// <summary>The column's mean over the training rows stands in their place; of a text column, none of its values. A row without a target is left out.</summary>
    Mean,
}
