using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>RMSLip-U (Ioannou, Tagaris and Stafylopatis 2023, appendix C): u is the update that RMSProp would make, p the one that was made last.</summary>
public sealed class RmsLipU : AdaLipDefinition
{
    private static readonly OptionDefinition Beta = Moments.SecondMoment(0.999);

    public override string Id => "rmslip-u";

    public override string Title => "RMSLip-U";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), appendix C";

    public override string Summary => "RMSLip that estimates from updates in place of gradients.";

    public override string Formula =>
        RateOfUpdates + @"v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t \odot g_t, \quad "
        + @"u_t = \frac{-\alpha_t g_t}{\sqrt{v_t + 10^{-8}}}, \quad p_t = \frac{-A_t g_t}{\sqrt{v_t + 10^{-8}}}, \quad x_t = x_{t-1} + p_t";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Beta, .. AdaLipRates.Options];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : CoordinateOptimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _beta;
        private readonly AdaLipRates _rates;
        private readonly T[] _v;
        private readonly T[] _p;
        private readonly T[] _u = new T[Change<T>.Chunk];
        private readonly double[] _tensorRates;
        private readonly T[] _stepsizes;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _beta = settings.Options.Number(Beta.Id);
            _rates = new AdaLipRates(settings, Accumulators(layout.Segments.Count, 1));
            _v = Buffer(layout.Length);
            _p = Buffer(layout.Length);
            _tensorRates = new double[layout.Segments.Count];
            _stepsizes = new T[layout.Length];
        }

        public override double? TensorStepsize(int tensor) => double.CreateTruncating(_stepsizes[tensor]);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            var wouldMake = new WouldMake(
                T.CreateChecked(_beta), T.CreateChecked(1 - _beta), T.CreateTruncating(_rates.Base(context.Iteration)), T.CreateChecked(Epsilon));
            for (var i = 0; i < Tensors.Length; i++)
            {
                var tensor = Tensors[i];
                var change = default(Change<T>);
                for (var start = tensor.Offset; start < tensor.Offset + tensor.Length; start += Change<T>.Chunk)
                {
                    var count = Math.Min(Change<T>.Chunk, tensor.Offset + tensor.Length - start);
                    var u = _u.AsSpan(0, count);
                    CoordinateLoop.Run(wouldMake, u, g.Slice(start, count), _v.AsSpan(start, count), _stepsizes.AsSpan(start, count));
                    change.Add(u, _p.AsSpan(start, count));
                }

                _tensorRates[i] = _rates.Next(i, change.Previous, change.Distance, context.Iteration);
            }

            BeginPass(_tensorRates[LargestTensor]);
            for (var i = 0; i < Tensors.Length; i++)
            {
                Pass(new Made(T.CreateTruncating(_tensorRates[i])), Tensors[i].Range, x, g, _p, _stepsizes);
            }

            var (lower, upper) = EndPass(_stepsizes);
            return Median.Of(lower, upper);
        }

        /// <summary>Leaves 1/√(v + ε) where the stepsizes will be.</summary>
        private readonly struct WouldMake(T beta, T rest, T rate, T epsilon) : ICoordinateRule2<T>
        {
            public void Apply(ref Vector<T> u, Vector<T> g, ref Vector<T> v, ref Vector<T> inverse)
            {
                v = (beta * v) + (rest * g * g);
                inverse = Vector<T>.One / Vector.SquareRoot(v + new Vector<T>(epsilon));
                u = -rate * inverse * g;
            }
        }

        private readonly struct Made(T rate) : ICoordinateRule2<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> p, ref Vector<T> stepsize)
            {
                stepsize *= rate;
                p = -stepsize * g;
                x += p;
            }
        }
    }
}
