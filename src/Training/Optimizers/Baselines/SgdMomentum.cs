using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>Stochastic gradient descent with heavy-ball momentum, as deep-learning libraries write it (Ward, Wu and Bottou 2020, figure 6).</summary>
public sealed class SgdMomentum : OptimizerDefinition
{
    public override string Id => "sgd-momentum";

    public override string Title => "SGD with momentum";

    public override string Source => "Ward, Wu and Bottou (2020), figure 6; \"Block-normalized gradient\" (ICLR 2018 submission), section 4";

    public override string Summary => "Steps along a decaying sum of gradients, with a constant stepsize.";

    public override string Formula =>
        @"m_t = \mu m_{t-1} + g_t + \lambda x_{t-1}, \qquad x_t = x_{t-1} - \frac{\eta}{b_0}\, m_t \quad (\text{on the axis lr, } \mathrm{lr} \text{ for } \eta/b_0)";

    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.B0, RobustnessAxis.LearningRate];

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, MomentumOptimizer<double>.Momentum, WeightDecay.L2(), .. StepsizeDecay.Options];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults)
    {
        UnusedOption.RefuseEta(Eta, options, axis, field, faults);
        StepsizeDecay.Check(options, field, faults);
    }

    /// <summary>As Keras has it.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.01;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(InitialStepsize(settings), settings.Options, layout);

    private sealed class State<T>(double stepsize, OptionSet options, ParameterLayout layout) : MomentumOptimizer<T>(options, layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Step(Span<T> x, Span<T> g, StepContext<T> context) => Update(x, g, stepsize, context);
    }
}
