using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>
/// Adagrad with a stepsize for each coordinate (Ward, Wu and Bottou 2020, section 5; the same as torch.optim.Adagrad with an initial accumulator of b₀²).
/// With <c>epsilon_inside</c> the form of Zhang, Lipton, Li and Smola (2019, equations 10.7.2 and 10.7.3), whose sums start at 0; over b₀, which then has no
/// effect, decades are still counted as those of η/b₀.
/// </summary>
public sealed class AdaGradCoordinate : OptimizerDefinition
{
    private const double EpsilonOutside = 1e-10;
    private const double EpsilonInside = 1e-6;

    private static readonly OptionDefinition Inside = OptionDefinition.Flag(
        "epsilon_inside",
        false,
        "Whether ε = 10⁻⁶ stands under the root and s starts at 0 (Zhang et al. 2019), so that b₀ has no effect and η or the axis lr sets the stepsize; "
            + "else ε = 10⁻¹⁰ is added to the root.");

    public override string Id => "adagrad-coordinate";

    public override string Title => "AdaGrad-Coordinate";

    public override string Source => "Ward, Wu and Bottou (2020), section 5; Zhang, Lipton, Li and Smola (2019), equations 10.7.2 and 10.7.3";

    public override string Summary => "A stepsize for each coordinate, divided by the root of all its squared gradients so far.";

    public override string Formula =>
        @"s_t = s_{t-1} + g_t \odot g_t,\ s_0 = b_0^2, \qquad x_t = x_{t-1} - \frac{\eta}{\sqrt{s_t} + \varepsilon} \odot g_t \quad "
        + @"\text{or, with epsilon\_inside, } s_0 = 0,\ x_t = x_{t-1} - \frac{\eta}{\sqrt{s_t + \varepsilon}} \odot g_t \quad "
        + @"(\text{on the axis lr, } s_0 = 0 \text{ and lr for } \eta;\ g_t + \lambda x_{t-1} \text{ for } g_t)";

    /// <summary>On the axis lr, η is the axis value and s starts at 0, as "Block-normalized gradient" (ICLR 2018 submission) uses it.</summary>
    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.B0, RobustnessAxis.LearningRate];

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Inside, WeightDecay.L2(), .. StepsizeDecay.Options];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults)
    {
        UnusedOption.RefuseEta(Eta, options, axis, field, faults);
        StepsizeDecay.Check(options, field, faults);
    }

    /// <summary>As PyTorch has it, whose sums start at 0: on the axis b₀ they do not.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => axis == RobustnessAxis.LearningRate ? 0.01 : null;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout)
    {
        var onB0 = settings.Axis == RobustnessAxis.B0;
        var eta = onB0 ? settings.Options.Number(Eta.Id) : settings.AxisValue;
        var initial = onB0 ? settings.AxisValue * settings.AxisValue : 0;
        return settings.Options.Flag(Inside.Id)
            ? new State<T>(settings.Options, layout, eta, initial: 0, outside: 0, EpsilonInside)
            : new State<T>(settings.Options, layout, eta, initial, EpsilonOutside, inside: 0);
    }

    private sealed class State<T>(OptionSet options, ParameterLayout layout, double eta, double initial, double outside, double inside)
        : AdaGradOptimizer<T>(options, layout, initial, outside, inside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Step(Span<T> x, Span<T> g, StepContext<T> context) => Update(x, g, eta, context);
    }
}
