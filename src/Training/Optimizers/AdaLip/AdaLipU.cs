using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdaLip-U (Ioannou, Tagaris and Stafylopatis 2023, appendix C and algorithm 5): u is the update that SGD would make, p the one that was made last, which is also
/// the momentum.</summary>
public sealed class AdaLipU : AdaLipDefinition
{
    private static readonly OptionDefinition Momentum =
        OptionDefinition.Number("momentum", 0, "μ, the share of the last update that is kept.", 0, 1, maximumIsExclusive: true);

    public override string Id => "adalip-u";

    public override string Title => "AdaLip-U";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), appendix C";

    public override string Summary => "AdaLip that estimates from updates in place of gradients.";

    public override string Formula =>
        RateOfUpdates + @"u_t = \mu p_{t-1} - \alpha_t g_t, \quad p_t = \mu p_{t-1} - A_t g_t, \quad x_t = x_{t-1} + p_t";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Momentum, .. AdaLipRates.Options];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : Optimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _momentum;
        private readonly AdaLipRates _rates;
        private readonly T[] _p;
        private readonly T[] _u = new T[Change<T>.Chunk];
        private readonly double[] _stepsizes;
        private readonly Median _median;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            var tensors = layout.Segments.Count;
            _momentum = T.CreateChecked(settings.Options.Number(Momentum.Id));
            _rates = new AdaLipRates(settings, Accumulators(tensors, 1));
            _p = Buffer(layout.Length);
            _stepsizes = new double[tensors];
            _median = new Median(tensors);
        }

        public override double? TensorStepsize(int tensor) => _stepsizes[tensor];

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            var wouldMake = new WouldMake(_momentum, T.CreateTruncating(_rates.Base(context.Iteration)));
            for (var i = 0; i < _stepsizes.Length; i++)
            {
                var tensor = Tensors[i];
                var change = default(Change<T>);
                for (var start = tensor.Offset; start < tensor.Offset + tensor.Length; start += Change<T>.Chunk)
                {
                    var count = Math.Min(Change<T>.Chunk, tensor.Offset + tensor.Length - start);
                    var u = _u.AsSpan(0, count);
                    var p = _p.AsSpan(start, count);
                    CoordinateLoop.Run(wouldMake, u, g.Slice(start, count), p);
                    change.Add(u, p);
                }

                _stepsizes[i] = _rates.Next(i, change.Previous, change.Distance, context.Iteration);
                CoordinateLoop.Run(new Made(_momentum, T.CreateTruncating(_stepsizes[i])), tensor.Of(x), tensor.Of(g), tensor.Of(_p.AsSpan()));
            }

            return _median.Of(_stepsizes);
        }

        private readonly struct WouldMake(T momentum, T rate) : ICoordinateRule1<T>
        {
            public void Apply(ref Vector<T> u, Vector<T> g, ref Vector<T> p) => u = (momentum * p) - (rate * g);
        }

        private readonly struct Made(T momentum, T rate) : ICoordinateRule1<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> p)
            {
                p = (momentum * p) - (rate * g);
                x += p;
            }
        }
    }
}
