using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>Stochastic gradient descent with heavy-ball momentum, as deep-learning libraries write it (Ward, Wu and Bottou 2020, figure 6).</summary>
public sealed class SgdMomentum : OptimizerDefinition
{
    private static readonly OptionDefinition Momentum = OptionDefinition.Number("momentum", 0.9, "μ, the share of the buffer that is kept.", 0, 1, maximumIsExclusive: true);

    public override string Id => "sgd-momentum";

    public override string Title => "SGD with momentum";

    public override string Source => "Ward, Wu and Bottou (2020), figure 6; \"Block-normalized gradient\" (ICLR 2018 submission), section 4";

    public override string Summary => "Steps along a decaying sum of gradients, with a constant stepsize.";

    public override string Formula =>
        @"m_t = \mu m_{t-1} + g_t + \lambda x_{t-1}, \qquad x_t = x_{t-1} - \frac{\eta}{b_0}\, m_t \quad (\text{on the axis lr, } \mathrm{lr} \text{ for } \eta/b_0)";

    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.B0, RobustnessAxis.LearningRate];

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Momentum, WeightDecay.L2(), .. StepsizeDecay.Options];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults)
    {
        UnusedOption.RefuseEta(Eta, options, axis, field, faults);
        StepsizeDecay.Check(options, field, faults);
    }

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : Optimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _stepsize;
        private readonly T _momentum;
        private readonly T _weightDecay;
        private readonly StepsizeDecay _decay;
        private readonly T[] _m;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _stepsize = settings.InitialStepsize;
            _momentum = T.CreateChecked(settings.Options.Number(Momentum.Id));
            _weightDecay = T.CreateChecked(settings.Options.Number(WeightDecay.Id));
            _decay = new StepsizeDecay(settings.Options);
            _m = Buffer(layout.Length);
        }

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            var stepsize = _stepsize * _decay.Factor(context);
            CoordinateLoop.Run(new Rule(_momentum, _weightDecay, T.CreateTruncating(stepsize)), x, g, _m);
            return stepsize;
        }

        private readonly struct Rule(T momentum, T weightDecay, T stepsize) : ICoordinateRule1<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> m)
            {
                m = (momentum * m) + (g + (weightDecay * x));
                x -= stepsize * m;
            }
        }
    }
}
