namespace Stepsize.Training.Optimizers;

/// <summary>
/// The initial stepsize s₀ of an optimizer as a function of its axis: what the rule gives for t = 0, before anything is accumulated, decayed or clipped. Optimizers
/// are compared over decades of s₀ and not of their axes: AdamLoss with α = 0 is Adam with the learning rate 1/√b₀, so two decades of its b₀ are one of Adam's lr.
/// </summary>
/// <param name="Formula">As people read it, such as <c>η/b₀</c>.</param>
/// <param name="Exponent">p in s₀ = η b₀ᵖ or s₀ = lrᵖ: how many decades of s₀ a decade of the axis is; below 0 where s₀ falls as the axis rises. Never 0.</param>
public sealed record InitialStepsize(string Formula, double Exponent)
{
    /// <summary>η/b₀.</summary>
    public static InitialStepsize Quotient { get; } = new("η/b₀", -1);

    /// <summary>η/√b₀.</summary>
    public static InitialStepsize RootQuotient { get; } = new("η/√b₀", -0.5);

    /// <summary>lr.</summary>
    public static InitialStepsize LearningRate { get; } = new("lr", 1);

    /// <summary>Whether s₀ rises with the axis.</summary>
    public bool Rises => Exponent > 0;

    /// <summary>s₀ of these settings; positive.</summary>
    public double Of(OptimizerSettings settings)
    {
        var value = settings.AxisValue;
        return Exponent switch
        {
            1 => value,
            -1 => Eta(settings) / value,
            -0.5 => Eta(settings) / Math.Sqrt(value),
            _ => Eta(settings) * Math.Pow(value, Exponent),
        };
    }

    /// <summary>The option η; 1 on the axis lr, where there is none.</summary>
    private static double Eta(OptimizerSettings settings) => settings.Axis == RobustnessAxis.B0 ? settings.Options.Number("eta") : 1;
}
