using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>
/// Stochastic gradient descent with a stepsize that decays like 1/√t, in the three forms that Ward, Wu and Bottou (2020, section 5) and Wu, Xie, Du and
/// Ward (2022, figure 1 and table 1 with its released code) use.
/// </summary>
public sealed class SgdDecaySqrt : OptimizerDefinition
{
    private const string Additive = "additive";
    private const string Multiplicative = "multiplicative";
    private const string Rooted = "rooted";

    private static readonly OptionDefinition Schedule = OptionDefinition.Choice(
        "schedule", Additive, [Additive, Multiplicative, Rooted], "How η_t decays: η/(b₀ + c_s √t), η/(b₀ √t) or η/√(b₀² + α t).");

    private static readonly OptionDefinition Slope = OptionDefinition.Number("c_s", 0.2, "c_s of the additive schedule.", 0);

    private static readonly OptionDefinition Alpha = OptionDefinition.Number("alpha", 1, "α of the rooted schedule.", 0);

    public override string Id => "sgd-decaysqrt";

    public override string Title => "SGD decaying with √t";

    public override string Source => "Ward, Wu and Bottou (2020), section 5; Wu, Xie, Du and Ward (2022), figure 1 and table 1";

    public override string Summary => "The baseline with a stepsize that decays like the inverse square root of the iteration.";

    public override string Formula =>
        @"x_t = x_{t-1} - \eta_t\, (g_t + \lambda x_{t-1}) \ \text{or}\ x_{t-1} - \eta_t g_t - \eta \lambda x_{t-1}, \qquad \eta_t = \frac{\eta}{b_0 + c_s \sqrt t} \ \text{or}\ "
        + @"\frac{\eta}{b_0 \sqrt t} \ \text{or}\ \frac{\eta}{\sqrt{b_0^2 + \alpha t}}";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Schedule, Slope, Alpha, WeightDecay.Scaled(), WeightDecay.Scale];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults)
    {
        var schedule = options.Choice(Schedule.Id);
        if (schedule != Additive)
        {
            UnusedOption.Refuse(Slope, options, $"schedule is {schedule}", "set schedule to additive", field, faults);
        }

        if (schedule != Rooted)
        {
            UnusedOption.Refuse(Alpha, options, $"schedule is {schedule}", "set schedule to rooted", field, faults);
        }

        WeightDecay.CheckScale(options, field, faults);
    }

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout) : Optimizer<T>(layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _b0 = settings.AxisValue;
        private readonly double _eta = settings.Options.Number(Eta.Id);
        private readonly string _schedule = settings.Options.Choice(Schedule.Id);
        private readonly double _slope = settings.Options.Number(Slope.Id);
        private readonly double _alpha = settings.Options.Number(Alpha.Id);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            double t = context.Iteration;
            var stepsize = _schedule switch
            {
                Multiplicative => _eta / (_b0 * Math.Sqrt(t)),
                Rooted => _eta / Math.Sqrt((_b0 * _b0) + (_alpha * t)),
                _ => _eta / (_b0 + (_slope * Math.Sqrt(t))),
            };
            PlainStep.Take(x, g, stepsize, WeightDecay.Of(settings.Options, _eta, stepsize));
            return stepsize;
        }
    }
}
