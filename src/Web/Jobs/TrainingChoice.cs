using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs;

/// <summary>What this program trains, as it was started.</summary>
/// <param name="Queues">Kinds of devices whose cohorts it takes, such as <c>cpu</c>; empty where it trains nothing and only shows.</param>
/// <param name="Name">What people call it; null for its host and process.</param>
public sealed record TrainingChoice(IReadOnlyList<string> Queues, string? Name)
{
    /// <summary>Trains on the processor.</summary>
    public static TrainingChoice Processor { get; } = new([CohortQueues.Cpu], null);

    public bool Trains => Queues.Count > 0;
}
