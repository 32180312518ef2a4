using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdaLip on Adam (Ioannou, Tagaris and Stafylopatis 2023, algorithm 4), ε under the root.</summary>
public sealed class AdamLip : AdaLipDefinition
{
    public override string Id => "adamlip";

    public override string Title => "AdamLip";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), algorithm 4";

    public override string Summary => "Adam with AdaLip's learning rate for each tensor.";

    public override string Formula =>
        RateOfGradients + @"x_t = x_{t-1} - \frac{A_t}{\sqrt{\hat v_t + 10^{-8}}} \odot \hat m_t \quad (\hat m, \hat v \text{ as in Adam})";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Moments.Beta1, Moments.Beta2, .. AdaLipRates.Options];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : CoordinateOptimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _beta1;
        private readonly double _beta2;
        private readonly AdaLipRates _rates;
        private readonly GradientMemory<T> _memory;
        private readonly T[] _m;
        private readonly T[] _v;
        private readonly double[] _tensorRates;
        private readonly T[] _stepsizes;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _beta1 = settings.Options.Number(Moments.Beta1.Id);
            _beta2 = settings.Options.Number(Moments.Beta2.Id);
            _rates = new AdaLipRates(settings, Accumulators(layout.Segments.Count, 1));
            _memory = new GradientMemory<T>(Buffer(layout.Length));
            _m = Buffer(layout.Length);
            _v = Buffer(layout.Length);
            _tensorRates = new double[layout.Segments.Count];
            _stepsizes = new T[layout.Length];
        }

        public override double? TensorStepsize(int tensor) => double.CreateTruncating(_stepsizes[tensor]);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            var correction1 = 1 / (1 - Math.Pow(_beta1, context.Iteration));
            var correction2 = 1 / (1 - Math.Pow(_beta2, context.Iteration));
            for (var i = 0; i < Tensors.Length; i++)
            {
                var (previous, distance) = _memory.Replace(Tensors[i], g);
                _tensorRates[i] = _rates.Next(i, previous, distance, context.Iteration);
            }

            BeginPass(_tensorRates[LargestTensor]);
            for (var i = 0; i < Tensors.Length; i++)
            {
                var rule = new Rule(
                    T.CreateChecked(_beta1),
                    T.CreateChecked(1 - _beta1),
                    T.CreateChecked(_beta2),
                    T.CreateChecked(1 - _beta2),
                    T.CreateChecked(correction1),
                    T.CreateChecked(correction2),
                    T.CreateTruncating(_tensorRates[i]),
                    T.CreateChecked(Epsilon));
                Pass(rule, Tensors[i].Range, x, g, _m, _v, _stepsizes);
            }

            var (lower, upper) = EndPass(_stepsizes);
            return Median.Of(lower, upper);
        }

        private readonly struct Rule(T beta1, T rest1, T beta2, T rest2, T correction1, T correction2, T rate, T epsilon) : ICoordinateRule3<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> m, ref Vector<T> v, ref Vector<T> stepsize)
            {
                m = (beta1 * m) + (rest1 * g);
                v = (beta2 * v) + (rest2 * g * g);
                stepsize = new Vector<T>(rate) / Vector.SquareRoot((correction2 * v) + new Vector<T>(epsilon));
                x -= stepsize * (correction1 * m);
            }
        }
    }
}
