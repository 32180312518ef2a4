using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// AdaGrad-Norm (Ward, Wu and Bottou 2020): algorithm 1 with granularity <c>global</c>; appendix B and the authors' implementation, which has a b for each
/// neuron or output channel, with <c>neuron</c>. There, 10⁻¹⁰ is added to b before dividing, and the b of a bias counts its neuron's weights too.
/// </summary>
public sealed class AdaGradNorm : OptimizerDefinition
{
    public override string Id => "adagrad-norm";

    public override string Title => "AdaGrad-Norm";

    public override string Source => "Ward, Wu and Bottou (2020), algorithm 1 and appendix B";

    public override string Summary => "One stepsize, divided by the root of all squared gradient norms so far: robust to b₀ without knowing the smoothness or the noise.";

    public override string Formula => @"b_t^2 = b_{t-1}^2 + \lVert g_t \rVert^2, \qquad x_t = x_{t-1} - \frac{\eta}{b_t}\, g_t";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Granularity.Option, WeightDecay.L2()];

    /// <summary>η = 1 and b₀² = 0.01, as the code that Ward, Wu and Bottou (2020) released has it.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 10;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : Optimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _eta;
        private readonly double _weightDecay;
        private readonly NormGroup[] _groups;
        private readonly double _guard;
        private readonly double[] _bSquared;
        private readonly double[] _gSquared;
        private readonly double[] _stepsizes;
        private readonly Median _median;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _eta = settings.Options.Number(Eta.Id);
            _weightDecay = settings.Options.Number(WeightDecay.Id);
            (_groups, _guard) = NormGroups.Of(layout, settings.Options.Choice(Granularity.Option.Id));
            _bSquared = Accumulators(_groups.Length, settings.AxisValue * settings.AxisValue);
            _gSquared = new double[_groups.Length];
            _stepsizes = new double[_groups.Length];
            _median = new Median(_groups.Length);
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
                PlainStep.Take(x.Slice(group.Offset, group.Length), gradient, _stepsizes[i]);
            }

            return _median.Of(_stepsizes);
        }
    }
}
