using Stepsize.Training.Faults;
using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>Refuses an option that was given although another option keeps it from having any effect: a person who sets it expects one.</summary>
internal static class UnusedOption
{
    /// <param name="because">Such as <c>schedule is additive</c>.</param>
    /// <param name="instead">What to do if the option is wanted, such as <c>set schedule to rooted</c>.</param>
    public static void Refuse(OptionDefinition option, OptionSet options, string because, string instead, string field, FaultList faults)
    {
        if (!option.IsDefault(options.Values[option.Id]))
        {
            faults.Add($"{field}.{option.Id}", $"has no effect where {because}; leave {option.Id} out, or {instead}.");
        }
    }

    /// <summary>η beside the axis lr, which is the stepsize itself.</summary>
    public static void RefuseEta(OptionDefinition eta, OptionSet options, RobustnessAxis axis, string field, FaultList faults)
    {
        if (axis == RobustnessAxis.LearningRate)
        {
            Refuse(eta, options, "the axis is lr", "sweep b0", field, faults);
        }
    }
}
