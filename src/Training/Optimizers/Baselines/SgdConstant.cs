using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>Stochastic gradient descent with the constant stepsize η/b₀ (Ward, Wu and Bottou 2020, section 5).</summary>
public sealed class SgdConstant : OptimizerDefinition
{
    public override string Id => "sgd-constant";

    public override string Title => "SGD constant";

    public override string Source => "Ward, Wu and Bottou (2020), section 5";

    public override string Summary => "The baseline: the same stepsize at every iteration.";

    public override string Formula =>
        @"x_t = x_{t-1} - \frac{\eta}{b_0}\, (g_t + \lambda x_{t-1}) \ \text{or}\ x_{t-1} - \frac{\eta}{b_0}\, g_t - \eta \lambda x_{t-1}";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, WeightDecay.Scaled(), WeightDecay.Scale];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults) => WeightDecay.CheckScale(options, field, faults);

    /// <summary>As Keras has it.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.01;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout)
    {
        var stepsize = InitialStepsize(settings);
        return new State<T>(stepsize, WeightDecay.Of(settings.Options, settings.Options.Number(Eta.Id), stepsize), layout);
    }

    private sealed class State<T>(double stepsize, double weightDecay, ParameterLayout layout) : Optimizer<T>(layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            PlainStep.Take(x, g, stepsize, weightDecay);
            return stepsize;
        }
    }
}
