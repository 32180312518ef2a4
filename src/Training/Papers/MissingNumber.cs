namespace Stepsize.Training.Papers;

/// <summary>Why a published cell has no number.</summary>
public enum MissingNumber
{
    /// <summary>The paper's run diverged: a result.</summary>
    Diverged,

    /// <summary>The paper does not say.</summary>
    NotReported,
}
