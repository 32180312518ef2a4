using Stepsize.Training.Options;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Workloads;

/// <summary>
/// The option <c>lastBatch</c> of workloads with mini-batches: what becomes of the examples at the end of an epoch that do not fill one. Ward, Wu and Bottou (2020) drop them on
/// MNIST (234 iterations of 256 of 60,000 images), Keras uses them (469 of 128).
/// </summary>
public static class LastBatch
{
    public const string Id = "lastBatch";

    private const string Dropped = "dropped";
    private const string Used = "used";

    public static OptionDefinition Option { get; } = OptionDefinition.Choice(
        Id, Dropped, [Dropped, Used],
        "What becomes of the examples at an epoch's end that do not fill a mini-batch: dropped, each epoch others, or used as a smaller mini-batch.");

    /// <summary>Whether an epoch ends with a smaller mini-batch where examples are left over.</summary>
    public static bool IsUsed(OptionSet workloadOptions) => workloadOptions.Values.TryGetValue(Id, out var value) && value.Equals(Used);

    /// <summary>Mini-batches of an epoch; at least 1.</summary>
    public static int IterationsPerEpoch(int examples, int batchSize, OptionSet workloadOptions) =>
        Math.Max(1, BatchOrder.Batches(examples, batchSize, IsUsed(workloadOptions)));
}
