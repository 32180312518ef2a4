namespace Stepsize.Training.Theory;

/// <summary>
/// The largest curvature of the loss of single mini-batches. A batch of few rows is steeper along its own directions than the whole set is along
/// any, so stochastic gradient descent with a constant stepsize meets its cliff earlier than gradient descent does: where all batches share a solution, a
/// stepsize above 2/L of a batch moves away from it along that batch's steepest direction.
/// </summary>
/// <param name="BatchSize">Rows of a batch.</param>
/// <param name="Batches">Batches looked at: those of the first epoch of a sweep's first seed.</param>
/// <param name="Mean">Of the batches' largest curvatures.</param>
/// <param name="Smallest">Of them.</param>
/// <param name="Largest">Of them.</param>
public sealed record BatchCurvature(int BatchSize, int Batches, double Mean, double Smallest, double Largest);
