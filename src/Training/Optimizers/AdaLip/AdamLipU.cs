using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdamLip-U (Ioannou, Tagaris and Stafylopatis 2023, appendix C): u is the update that Adam would make, p the one that was made last.</summary>
public sealed class AdamLipU : AdaLipDefinition
{
    public override string Id => "adamlip-u";

    public override string Title => "AdamLip-U";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), appendix C";

    public override string Summary => "AdamLip that estimates from updates in place of gradients.";

    public override string Formula =>
        RateOfUpdates + @"u_t = \frac{-\alpha_t \hat m_t}{\sqrt{\hat v_t + 10^{-8}}}, \quad "
        + @"p_t = \frac{-A_t \hat m_t}{\sqrt{\hat v_t + 10^{-8}}}, \quad x_t = x_{t-1} + p_t \quad (\hat m, \hat v \text{ as in Adam})";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Moments.Beta1, Moments.Beta2, .. AdaLipRates.Options];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : CoordinateOptimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _beta1;
        private readonly double _beta2;
        private readonly AdaLipRates _rates;
        private readonly T[] _m;
        private readonly T[] _v;
        private readonly T[] _p;
        private readonly T[] _u = new T[Change<T>.Chunk];
        private readonly double[] _tensorRates;
        private readonly T[] _stepsizes;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _beta1 = settings.Options.Number(Moments.Beta1.Id);
            _beta2 = settings.Options.Number(Moments.Beta2.Id);
            _rates = new AdaLipRates(settings, Accumulators(layout.Segments.Count, 1));
            _m = Buffer(layout.Length);
            _v = Buffer(layout.Length);
            _p = Buffer(layout.Length);
            _tensorRates = new double[layout.Segments.Count];
            _stepsizes = new T[layout.Length];
        }

        public override double? TensorStepsize(int tensor) => double.CreateTruncating(_stepsizes[tensor]);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            var correction1 = T.CreateChecked(1 / (1 - Math.Pow(_beta1, context.Iteration)));
            var wouldMake = new WouldMake(
                T.CreateChecked(_beta1),
                T.CreateChecked(1 - _beta1),
                T.CreateChecked(_beta2),
                T.CreateChecked(1 - _beta2),
                correction1,
                T.CreateChecked(1 / (1 - Math.Pow(_beta2, context.Iteration))),
                T.CreateTruncating(_rates.Base(context.Iteration)), T.CreateChecked(Epsilon));
            for (var i = 0; i < Tensors.Length; i++)
            {
                var tensor = Tensors[i];
                var change = default(Change<T>);
                for (var start = tensor.Offset; start < tensor.Offset + tensor.Length; start += Change<T>.Chunk)
                {
                    var count = Math.Min(Change<T>.Chunk, tensor.Offset + tensor.Length - start);
                    var u = _u.AsSpan(0, count);
                    CoordinateLoop.Run(wouldMake, u, g.Slice(start, count), _m.AsSpan(start, count), _v.AsSpan(start, count), _stepsizes.AsSpan(start, count));
                    change.Add(u, _p.AsSpan(start, count));
                }

                _tensorRates[i] = _rates.Next(i, change.Previous, change.Distance, context.Iteration);
            }

            BeginPass(_tensorRates[LargestTensor]);
            for (var i = 0; i < Tensors.Length; i++)
            {
                Pass(new Made(correction1, T.CreateTruncating(_tensorRates[i])), Tensors[i].Range, x, _m, _p, _stepsizes);
            }

            var (lower, upper) = EndPass(_stepsizes);
            return Median.Of(lower, upper);
        }

        /// <summary>Leaves 1/√(v̂ + ε) where the stepsizes will be.</summary>
        private readonly struct WouldMake(T beta1, T rest1, T beta2, T rest2, T correction1, T correction2, T rate, T epsilon) : ICoordinateRule3<T>
        {
            public void Apply(ref Vector<T> u, Vector<T> g, ref Vector<T> m, ref Vector<T> v, ref Vector<T> inverse)
            {
                m = (beta1 * m) + (rest1 * g);
                v = (beta2 * v) + (rest2 * g * g);
                inverse = Vector<T>.One / Vector.SquareRoot((correction2 * v) + new Vector<T>(epsilon));
                u = -rate * inverse * (correction1 * m);
            }
        }

        private readonly struct Made(T correction1, T rate) : ICoordinateRule2<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> m, ref Vector<T> p, ref Vector<T> stepsize)
            {
                stepsize *= rate;
                p = -stepsize * (correction1 * m);
                x += p;
            }
        }
    }
}
