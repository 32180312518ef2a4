using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>The option that says how many coordinates share one b.</summary>
internal static class Granularity
{
    public const string Auto = "auto";

    public const string Global = "global";

    public const string Neuron = "neuron";

    public const string Layer = "layer";

    public static OptionDefinition Option { get; } = OptionDefinition.Choice(
        "granularity",
        Auto,
        [Auto, Global, Neuron, Layer],
        "What shares one b: all parameters (global), each row of a weight and each output channel (neuron), or each tensor (layer). "
            + "auto is neuron for networks and global where every parameter tensor is a vector.");
}
