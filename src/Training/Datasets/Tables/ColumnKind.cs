namespace Stepsize.Training.Datasets.Tables;

/// <summary>What the cells of a column are, those aside that have no value.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, at least for the greater part: one that is none is a fault.</summary>
    Number,

    /// <summary>Anything else: each different value becomes a column of 0 and 1 (one-hot) where it is learned from, a class where it is predicted.</summary>
    Text,

    /// <summary>Nothing at all.</summary>
    Empty,
}
