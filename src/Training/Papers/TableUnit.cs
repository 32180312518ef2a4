namespace Stepsize.Training.Papers;

/// <summary>The unit of a table's numbers.</summary>
public enum TableUnit
{
    /// <summary>An accuracy or error in [0, 100].</summary>
    Percent,

    /// <summary>An accuracy in [0, 1].</summary>
    Fraction,

    /// <summary>A number of epochs.</summary>
    Epochs,

    /// <summary>A value of the loss.</summary>
    Loss,

    /// <summary>A coordinate.</summary>
    Value,
}
