namespace Stepsize.Training.Papers;

/// <summary>Which of two numbers of a table is better.</summary>
public enum TableOrder
{
    Higher,

    Lower,

    /// <summary>Neither: the computation is deterministic, and the number is to be met to its last printed digit.</summary>
    Exact,
}
