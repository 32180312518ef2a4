using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>Adam with a learning rate that decays like 1/√t: what AdamLoss is compared with (Wu, Xie, Du and Ward 2022, section 5).</summary>
public sealed class AdamSqrt : OptimizerDefinition
{
    public override string Id => "adam-sqrt";

    public override string Title => "Adam decaying with √t";

    public override string Source => "Wu, Xie, Du and Ward (2022), section 5";

    public override string Summary => "Adam with the learning rate η/√(b₀ + t).";

    public override string Formula =>
        @"\eta_t = \frac{\eta}{\sqrt{b_0 + t}}, \qquad x_t = x_{t-1} - \eta_t\, \frac{\hat m_t}{\sqrt{\hat v_t} + \varepsilon} \quad (\hat m, \hat v \text{ as in Adam})";

    public override InitialStepsize InitialStepsizeOver(RobustnessAxis axis) => Optimizers.InitialStepsize.RootQuotient;

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Moments.Beta1, Moments.Beta2, Moments.Epsilon, Moments.EpsilonInside];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : AdamOptimizer<T>(settings.Options, settings.Options.Flag(Moments.EpsilonInside.Id), weightDecay: 0, layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _eta = settings.Options.Number(Eta.Id);
        private readonly double _b0 = settings.AxisValue;

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context) =>
            Update(x, g, _eta / Math.Sqrt(_b0 + context.Iteration), context.Iteration);
    }
}
