namespace Stepsize.Training.Execution;

/// <summary>Everything a run needs to go on to the bit after its first <paramref name="Iteration"/> iterations.</summary>
/// <param name="State">The engine's name (<see cref="CheckpointEngine"/>), then parameters, optimizer and whatever else it keeps, as it lays them out.</param>
/// <param name="Seconds">Of a thread so far, as in <see cref="RunResult"/>.</param>
public sealed record RunCheckpoint(int Iteration, byte[] State, double Seconds);
