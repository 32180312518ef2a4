namespace Stepsize.Training.Execution;

/// <summary>Everything a run needs to go on to the bit after its first <paramref name="Iteration"/> iterations.</summary>
/// <param name="State">Parameters, optimizer and step, in the layout of <c>RunState</c>.</param>
/// <param name="Seconds">Of a thread so far, as in <see cref="RunResult"/>.</param>
public sealed record RunCheckpoint(int Iteration, byte[] State, double Seconds);
