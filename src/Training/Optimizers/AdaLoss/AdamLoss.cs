using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>
/// AdamLoss (Wu, Xie, Du and Ward 2022, algorithm 2): Adam whose learning rate is divided by the root of all losses so far. The loss's absolute value is
/// summed, as the document writes it, so that b never decreases on problems whose loss can be negative.
/// </summary>
public sealed class AdamLoss : OptimizerDefinition
{
    private static readonly OptionDefinition Alpha = OptionDefinition.Number("alpha", 1, "α, the weight of the loss in b.", 0);

    public override string Id => "adamloss";

    public override string Title => "AdamLoss";

    public override string Source => "Wu, Xie, Du and Ward (2022), algorithm 2";

    public override string Summary => "Adam with the learning rate η/√b, where b grows by each mini-batch loss.";

    public override string Formula =>
        @"b_t = b_{t-1} + \alpha \lvert f_t \rvert, \quad \eta_t = \frac{\eta}{\sqrt{b_t}}, \qquad x_t = x_{t-1} - \eta_t\, \frac{\hat m_t}{\sqrt{\hat v_t + \varepsilon}} "
        + @"\quad (\hat m, \hat v \text{ as in Adam})";

    public override InitialStepsize InitialStepsizeOver(RobustnessAxis axis) => Optimizers.InitialStepsize.RootQuotient;

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Alpha, Moments.Beta1, Moments.SecondMoment(0.99), Moments.Epsilon];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : AdamOptimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _eta;
        private readonly double _alpha;
        private readonly double[] _b;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(settings.Options, epsilonInside: true, weightDecay: 0, layout)
        {
            _eta = settings.Options.Number(Eta.Id);
            _alpha = settings.Options.Number(Alpha.Id);
            _b = Accumulators(1, settings.AxisValue);
        }

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            _b[0] += _alpha * Math.Abs(context.Loss);
            return Update(x, g, _eta / Math.Sqrt(_b[0]), context.Iteration);
        }
    }
}
