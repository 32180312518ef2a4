using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>Options of the optimizers that average gradients and their squares.</summary>
internal static class Moments
{
    public static OptionDefinition Beta1 { get; } =
        OptionDefinition.Number("beta1", 0.9, "β₁, the share of the averaged gradient m that is kept.", 0, 1, maximumIsExclusive: true);

    public static OptionDefinition Beta2 { get; } = SecondMoment(0.999);

    public static OptionDefinition Epsilon { get; } = SmallNumber(1e-8);

    public static OptionDefinition EpsilonInside { get; } =
        OptionDefinition.Flag("epsilon_inside", false, "Whether ε stands under the root, √(v̂ + ε), instead of beside it, √v̂ + ε.");

    /// <summary>β₂ with another default.</summary>
    public static OptionDefinition SecondMoment(double defaultValue) =>
        OptionDefinition.Number("beta2", defaultValue, "β₂, the share of the averaged squared gradient v that is kept.", 0, 1, maximumIsExclusive: true);

    /// <summary>ε with another default.</summary>
    public static OptionDefinition SmallNumber(double defaultValue) =>
        OptionDefinition.Number("epsilon", defaultValue, "ε, which keeps the denominator from 0.", 0, minimumIsExclusive: true);
}
