namespace Stepsize.Training.Optimizers;

/// <summary>What a sweep varies for an optimizer.</summary>
public enum RobustnessAxis
{
    /// <summary>b₀: the initial stepsize is η/b₀.</summary>
    B0,

    /// <summary>The learning rate itself.</summary>
    LearningRate,
}
