namespace Stepsize.Training.Robustness;

/// <summary>How a <see cref="Tolerance"/> is measured.</summary>
public enum ToleranceKind
{
    /// <summary>Points of accuracy below the reference.</summary>
    Points,

    /// <summary>So many times the reference, for losses and gradient norms.</summary>
    Factor,

    /// <summary>At most this loss or gradient norm, whatever the reference.</summary>
    Below,
}
