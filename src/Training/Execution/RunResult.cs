namespace Stepsize.Training.Execution;

/// <summary>The end of a run.</summary>
/// <param name="Iterations">Iterations made.</param>
/// <param name="FirstBadIteration">First iteration whose loss, or whose step's parameters, were NaN or infinite.</param>
/// <param name="Seconds">Of a thread, evaluation included, over all sittings of the run: where runs are trained together, its share.</param>
/// <param name="FinalParameters">For problems of at most 64 parameters.</param>
/// <param name="Error">What went wrong, for <see cref="RunOutcome.Failed"/>.</param>
public sealed record RunResult(
    RunOutcome Outcome, int Iterations, int? FirstBadIteration, double Seconds, double[]? FinalParameters = null, string? Error = null);
