using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>The option λ of the optimizers whose experiments decay the weights.</summary>
internal static class WeightDecay
{
    public const string Id = "weight_decay";

    /// <summary>L2: λ x is added to the gradient that the rule sees.</summary>
    public static OptionDefinition L2(double defaultValue = 0) =>
        OptionDefinition.Number(Id, defaultValue, "λ: λ x is added to the gradient (after any normalisation or clipping of it).", 0);
}
