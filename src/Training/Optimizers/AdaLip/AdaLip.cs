using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdaLip on SGD (Ioannou, Tagaris and Stafylopatis 2023, algorithm 2), a learning rate for each tensor.</summary>
public sealed class AdaLip : AdaLipDefinition
{
    private static readonly OptionDefinition Momentum =
        OptionDefinition.Number("momentum", 0, "μ, the share of the last update that is kept.", 0, 1, maximumIsExclusive: true);

    public override string Id => "adalip";

    public override string Title => "AdaLip";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), algorithm 2";

    public override string Summary => "SGD with a learning rate for each tensor, from an estimate of how fast its gradient changes.";

    public override string Formula =>
        RateOfGradients + @"m_t = \mu m_{t-1} - A_t g_t, \quad x_t = x_{t-1} + m_t";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Momentum, .. AdaLipRates.Options];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : Optimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _momentum;
        private readonly AdaLipRates _rates;
        private readonly GradientMemory<T> _memory;
        private readonly T[] _m;
        private readonly double[] _stepsizes;
        private readonly Median _median;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            var tensors = layout.Segments.Count;
            _momentum = T.CreateChecked(settings.Options.Number(Momentum.Id));
            _rates = new AdaLipRates(settings, Accumulators(tensors, 1));
            _memory = new GradientMemory<T>(Buffer(layout.Length));
            _m = Buffer(layout.Length);
            _stepsizes = new double[tensors];
            _median = new Median(tensors);
        }

        public override double? TensorStepsize(int tensor) => _stepsizes[tensor];

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            for (var i = 0; i < _stepsizes.Length; i++)
            {
                var tensor = Tensors[i];
                var (previous, distance) = _memory.Replace(tensor, g);
                _stepsizes[i] = _rates.Next(i, previous, distance, context.Iteration);
                CoordinateLoop.Run(new Rule(_momentum, T.CreateTruncating(_stepsizes[i])), tensor.Of(x), tensor.Of(g), tensor.Of(_m.AsSpan()));
            }

            return _median.Of(_stepsizes);
        }

        private readonly struct Rule(T momentum, T rate) : ICoordinateRule1<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> m)
            {
                m = (momentum * m) - (rate * g);
                x += m;
            }
        }
    }
}
