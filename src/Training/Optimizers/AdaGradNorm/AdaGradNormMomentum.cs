using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// AdaGrad-Norm with momentum (Ward, Wu and Bottou 2020, algorithm 3): b is accumulated from the gradients, and the step goes along their moving average.
/// Granularities as for <see cref="AdaGradNorm"/>.
/// </summary>
public sealed class AdaGradNormMomentum : OptimizerDefinition
{
    private static readonly OptionDefinition Beta =
        OptionDefinition.Number("beta", 0.9, "β, the share of the averaged gradient m that is kept.", 0, 1, maximumIsExclusive: true);

    public override string Id => "adagrad-norm-momentum";

    public override string Title => "AdaGrad-Norm with momentum";

    public override string Source => "Ward, Wu and Bottou (2020), algorithm 3";

    public override string Summary => "AdaGrad-Norm that steps along a moving average of the gradients.";

    public override string Formula => @"b_t^2 = b_{t-1}^2 + \lVert g_t \rVert^2, \quad m_t = \beta m_{t-1} + (1 - \beta)\, g_t, \qquad x_t = x_{t-1} - \frac{\eta}{b_t}\, m_t";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Beta, Granularity.Option, WeightDecay.L2()];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : Optimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _eta;
        private readonly double _beta;
        private readonly double _weightDecay;
        private readonly NormGroup[] _groups;
        private readonly double _guard;
        private readonly double[] _bSquared;
        private readonly double[] _gSquared;
        private readonly double[] _stepsizes;
        private readonly Median _median;
        private readonly T[] _m;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _eta = settings.Options.Number(Eta.Id);
            _beta = settings.Options.Number(Beta.Id);
            _weightDecay = settings.Options.Number(WeightDecay.Id);
            (_groups, _guard) = NormGroups.Of(layout, settings.Options.Choice(Granularity.Option.Id));
            _bSquared = Accumulators(_groups.Length, settings.AxisValue * settings.AxisValue);
            _gSquared = new double[_groups.Length];
            _stepsizes = new double[_groups.Length];
            _median = new Median(_groups.Length);
            _m = Buffer(layout.Length);
        }

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            PlainStep.AddDecay(x, g, _weightDecay);
            for (var i = 0; i < _groups.Length; i++)
            {
                var group = _groups[i];
                var gradient = g.Slice(group.Offset, group.Length);
                _gSquared[i] = Norms.Squared<T>(gradient);
                _bSquared[i] += _gSquared[i] + (group.Neuron < 0 ? 0 : _gSquared[group.Neuron]);
                _stepsizes[i] = _eta / (Math.Sqrt(_bSquared[i]) + _guard);
                var rule = new Rule(T.CreateTruncating(_beta), T.CreateTruncating(1 - _beta), T.CreateTruncating(_stepsizes[i]));
                CoordinateLoop.Run(rule, x.Slice(group.Offset, group.Length), gradient, _m.AsSpan(group.Offset, group.Length));
            }

            return _median.Of(_stepsizes);
        }

        private readonly struct Rule(T beta, T rest, T stepsize) : ICoordinateRule1<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> m)
            {
                m = (beta * m) + (rest * g);
                x -= stepsize * m;
            }
        }
    }
}
