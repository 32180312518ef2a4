using Stepsize.Training.Faults;
using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>The option λ of the optimizers whose experiments decay the weights.</summary>
internal static class WeightDecay
{
    public const string Id = "weight_decay";

    private const string ByStepsize = "stepsize";
    private const string ByEta = "eta";

    /// <summary>
    /// What λ x is multiplied by where a rule has one stepsize η_t. The released code of Wu, Xie, Du and Ward (2022, table 1) multiplies the loss by 1/b and leaves the
    /// optimizer's own decay alone, so that x ← x − η_t g − η λ x.
    /// </summary>
    public static OptionDefinition Scale { get; } = OptionDefinition.Choice(
        "weight_decay_scale", ByStepsize, [ByStepsize, ByEta],
        "What λ x is multiplied by: the stepsize, as an L2 penalty, or η whatever b₀ and t are (the released code of Wu, Xie, Du and Ward 2022).");

    /// <summary>L2: λ x is added to the gradient that the rule sees.</summary>
    public static OptionDefinition L2(double defaultValue = 0) =>
        OptionDefinition.Number(Id, defaultValue, "λ: λ x is added to the gradient (after any normalisation or clipping of it).", 0);

    /// <summary>λ of a rule that also has <see cref="Scale"/>.</summary>
    public static OptionDefinition Scaled() => OptionDefinition.Number(Id, 0, "λ: λ x times what weight_decay_scale says is subtracted beside the step.", 0);

    public static void CheckScale(OptionSet options, string field, FaultList faults)
    {
        if (options.Number(Id) == 0)
        {
            UnusedOption.Refuse(Scale, options, "weight_decay is 0", "give a weight_decay", field, faults);
        }
    }

    /// <summary>The λ with which x − stepsize (g + λ x) is the step that the options ask for.</summary>
    /// <param name="eta">η.</param>
    public static double Of(OptionSet options, double eta, double stepsize) =>
        options.Number(Id) is 0 ? 0 : options.Number(Id) * (options.Choice(Scale.Id) == ByEta ? eta / stepsize : 1);
}
