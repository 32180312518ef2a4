using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>Adam (Kingma and Ba 2015, algorithm 1), which Wu, Xie, Du and Ward (2022) and Ioannou, Tagaris and Stafylopatis (2023) write with ε under the root.</summary>
public sealed class Adam : OptimizerDefinition
{
    public override string Id => "adam";

    public override string Title => "Adam";

    public override string Source => "Kingma and Ba (2015), algorithm 1";

    public override string Summary => "Averaged gradients, divided by the root of averaged squared gradients, both corrected for their start at 0.";

    public override string Formula =>
        @"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \quad v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t \odot g_t, \qquad "
        + @"x_t = x_{t-1} - \mathrm{lr}\, \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \varepsilon}";

    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.LearningRate];

    public override IReadOnlyList<OptionDefinition> Options { get; } =
        [Moments.Beta1, Moments.Beta2, Moments.Epsilon, Moments.EpsilonInside, WeightDecay.L2(), .. StepsizeDecay.Options];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults) => StepsizeDecay.Check(options, field, faults);

    /// <summary>Kingma and Ba (2015), algorithm 1.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.001;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : AdamOptimizer<T>(settings.Options, settings.Options.Flag(Moments.EpsilonInside.Id), settings.Options.Number(WeightDecay.Id), layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _lr = settings.AxisValue;
        private readonly StepsizeDecay _decay = new(settings.Options);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context) => Update(x, g, _lr * _decay.Factor(context), context.Iteration);
    }
}
