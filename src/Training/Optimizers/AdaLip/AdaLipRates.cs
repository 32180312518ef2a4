using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// The learning rate of a tensor that AdaLip and its forms share (Ioannou, Tagaris and Stafylopatis 2023, equations 8 and 9): ℓ = ‖p‖/(‖d‖ + c),
/// S_t = γ S_{t−1} + (1 − γ) ℓ, A_t = α_t S_t, but A_1 = α_1.
/// </summary>
/// <param name="averages">S of each tensor: state, 1 at first.</param>
internal sealed class AdaLipRates(OptimizerSettings settings, double[] averages)
{
    private const string Constant = "constant";
    private const string InverseSqrt = "inverse-sqrt";
    private const string Theoretical = "theoretical";

    /// <summary>The 0⁺ of max(0⁺, …): positive, so that a gradient that stays 0 does not give 0/0.</summary>
    private const double PositiveZero = 2.2250738585072014e-308;

    private static readonly OptionDefinition Gamma = OptionDefinition.Number(
        "gamma", 0.8, "γ, the share of the averaged estimate S that is kept.", 0, 1, minimumIsExclusive: true, maximumIsExclusive: true);

    private static readonly OptionDefinition Schedule = OptionDefinition.Choice(
        "lr_schedule", Constant, [Constant, InverseSqrt], "α_t: lr at every iteration, or lr/√t, which theorem 1 asks for.");

    private static readonly OptionDefinition C = OptionDefinition.Choice(
        "c", Constant, [Constant, Theoretical], "What is added to ‖d‖: a constant, or from t = 2 the least that lemma 5 allows, with which A_t never grows under lr/√t.");

    private static readonly OptionDefinition ConstantC =
        OptionDefinition.Number("c_constant", 1e-8, "The constant c.", 0, minimumIsExclusive: true);

    private readonly double _lr = settings.AxisValue;
    private readonly double _gamma = settings.Options.Number(Gamma.Id);
    private readonly bool _isInverseSqrt = settings.Options.Choice(Schedule.Id) == InverseSqrt;
    private readonly bool _isTheoretical = settings.Options.Choice(C.Id) == Theoretical;
    private readonly double _c = settings.Options.Number(ConstantC.Id);

    public static IReadOnlyList<OptionDefinition> Options { get; } = [Gamma, Schedule, C, ConstantC];

    public static void Check(OptionSet options, string field, FaultList faults)
    {
        if (options.Choice(C.Id) == Theoretical)
        {
            UnusedOption.Refuse(ConstantC, options, "c is theoretical", "set c to constant", field, faults);
        }
    }

    /// <summary>α_t, the learning rate before AdaLip's factor.</summary>
    public double Base(int t) => _isInverseSqrt ? _lr / Math.Sqrt(t) : _lr;

    /// <summary>Updates S of a tensor and returns A_t.</summary>
    /// <param name="previous">‖p‖: of the last gradient, or the last update.</param>
    /// <param name="distance">‖d‖: between the last and this one.</param>
    public double Next(int tensor, double previous, double distance, int t)
    {
        var c = _isTheoretical && t >= 2 ? LeastC(averages[tensor], previous, distance, t) : _c;
        averages[tensor] = (_gamma * averages[tensor]) + ((1 - _gamma) * (previous / (distance + c)));
        return t == 1 ? Base(t) : Base(t) * averages[tensor];
    }

    private double LeastC(double average, double previous, double distance, int t) =>
        Math.Max(PositiveZero, ((1 - _gamma) * previous / ((Math.Sqrt(t / (t - 1.0)) - _gamma) * average)) - distance);
}
