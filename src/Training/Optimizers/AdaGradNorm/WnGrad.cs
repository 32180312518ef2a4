using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// WNGrad (Wu, Ward and Bottou 2018, named in Ward, Wu and Bottou 2020, section 3): AdaGrad-Norm's older sibling, whose b grows by ‖g‖²/b. Granularities as for
/// <see cref="AdaGradNorm"/>.
/// </summary>
public sealed class WnGrad : OptimizerDefinition
{
    public override string Id => "wngrad";

    public override string Title => "WNGrad";

    public override string Source => "Ward, Wu and Bottou (2020), section 3";

    public override string Summary => "One stepsize, divided by a b that grows by the squared gradient norm over b itself.";

    public override string Formula => @"b_t = b_{t-1} + \frac{\lVert g_t \rVert^2}{b_{t-1}}, \qquad x_t = x_{t-1} - \frac{\eta}{b_t}\, g_t";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Granularity.Option];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : Optimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _eta;
        private readonly NormGroup[] _groups;
        private readonly double _guard;
        private readonly double[] _b;
        private readonly double[] _gSquared;
        private readonly double[] _stepsizes;
        private readonly Median _median;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _eta = settings.Options.Number(Eta.Id);
            (_groups, _guard) = NormGroups.Of(layout, settings.Options.Choice(Granularity.Option.Id));
            _b = Accumulators(_groups.Length, settings.AxisValue);
            _gSquared = new double[_groups.Length];
            _stepsizes = new double[_groups.Length];
            _median = new Median(_groups.Length);
        }

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            for (var i = 0; i < _groups.Length; i++)
            {
                var group = _groups[i];
                var gradient = g.Slice(group.Offset, group.Length);
                _gSquared[i] = Norms.Squared<T>(gradient);
                _b[i] += (_gSquared[i] + (group.Neuron < 0 ? 0 : _gSquared[group.Neuron])) / _b[i];
                _stepsizes[i] = _eta / (_b[i] + _guard);
                PlainStep.Take(x.Slice(group.Offset, group.Length), gradient, _stepsizes[i]);
            }

            return _median.Of(_stepsizes);
        }
    }
}
