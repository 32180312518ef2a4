namespace Stepsize.Data.Workers;

/// <summary>What a program says of itself when it opens a PostgreSQL database.</summary>
/// <param name="Version">Of the program, and of its engine where it trains: such as <c>0.1.0</c>.</param>
/// <param name="Queues">Queues that it takes cohorts from; empty where it only shows.</param>
/// <param name="Slots">Cohorts that it trains at a time.</param>
public sealed record WorkerDescription(
    string Name, string Host, int Pid, string Version, string Device, IReadOnlyList<string> Queues, int Slots);
