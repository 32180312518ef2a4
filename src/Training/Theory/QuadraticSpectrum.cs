namespace Stepsize.Training.Theory;

/// <summary>What theory needs of a quadratic loss F(x) = ½ (x − x*)ᵀH(x − x*) + F* and of where a run starts.</summary>
/// <param name="Largest">λ̄₁ = L, the largest eigenvalue of H.</param>
/// <param name="SmallestPositive">The smallest eigenvalue that is not 0: along the others a gradient has no part, and nothing moves.</param>
/// <param name="TopError">s₀ = ([Vᵀx₀]₁ − [Vᵀx*]₁)², the squared error at the start along the eigenvector of <paramref name="Largest"/>.</param>
/// <param name="ReachesZero">Whether F* = 0.</param>
public sealed record QuadraticSpectrum(double Largest, double SmallestPositive, double TopError, bool ReachesZero);
