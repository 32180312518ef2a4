using Stepsize.Training.Options;
using Stepsize.Training.Optimizers;

namespace Stepsize.Training.Theory;

/// <summary>
/// Where plain gradient descent stops converging on an L-smooth quadratic: at the stepsize 2/L, or b₀ = ηL/2. Methods that adapt their stepsize
/// do not stop there (Ward, Wu and Bottou 2020, theorem 2.2; Wu, Xie, Du and Ward 2022, theorem 1), which is what drawing the line shows.
/// </summary>
public static class StabilityLimit
{
    /// <summary>2/L.</summary>
    /// <param name="smoothness">L &gt; 0, the largest eigenvalue of the Hessian.</param>
    public static double Stepsize(double smoothness) => 2 / Positive(smoothness, nameof(smoothness));

    /// <summary>The b₀ with η/b₀ = 2/L; larger ones converge.</summary>
    public static double B0(double eta, double smoothness) => Positive(eta, nameof(eta)) * Positive(smoothness, nameof(smoothness)) / 2;

    /// <summary>
    /// The value on an optimizer's axis at which its initial stepsize is 2/L. Smaller values of b₀, larger values of lr are unstable
    /// for a constant stepsize.
    /// </summary>
    /// <param name="options">With <c>eta</c> where the axis is b₀.</param>
    public static double OnAxis(RobustnessAxis axis, OptionSet options, double smoothness) =>
        axis == RobustnessAxis.B0 ? B0(options.Number("eta"), smoothness) : Stepsize(smoothness);

    private static double Positive(double value, string name) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "It must be finite and greater than 0.");
}
