namespace Stepsize.Training.Comparison;

/// <summary>On which scale one result is subtracted from another.</summary>
public enum DifferenceScale
{
    /// <summary>A − B in the measure's own unit.</summary>
    Plain,

    /// <summary>log₁₀ A − log₁₀ B, for losses and gradient norms that differ by orders of magnitude: 1 is ten times as large.</summary>
    Decades,
}
