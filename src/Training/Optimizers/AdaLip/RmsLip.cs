using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdaLip on RMSProp (Ioannou, Tagaris and Stafylopatis 2023, algorithm 3).</summary>
public sealed class RmsLip : AdaLipDefinition
{
    private static readonly OptionDefinition Beta = Moments.SecondMoment(0.999);

    public override string Id => "rmslip";

    public override string Title => "RMSLip";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), algorithm 3";

    public override string Summary => "RMSProp with AdaLip's learning rate for each tensor.";

    public override string Formula =>
        RateOfGradients + @"v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t \odot g_t, \quad x_t = x_{t-1} - \frac{A_t}{\sqrt{v_t + 10^{-8}}} \odot g_t";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Beta, .. AdaLipRates.Options];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : CoordinateOptimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _beta;
        private readonly AdaLipRates _rates;
        private readonly GradientMemory<T> _memory;
        private readonly T[] _v;
        private readonly double[] _tensorRates;
        private readonly T[] _stepsizes;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _beta = settings.Options.Number(Beta.Id);
            _rates = new AdaLipRates(settings, Accumulators(layout.Segments.Count, 1));
            _memory = new GradientMemory<T>(Buffer(layout.Length));
            _v = Buffer(layout.Length);
            _tensorRates = new double[layout.Segments.Count];
            _stepsizes = new T[layout.Length];
        }

        public override double? TensorStepsize(int tensor) => double.CreateTruncating(_stepsizes[tensor]);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            for (var i = 0; i < Tensors.Length; i++)
            {
                var (previous, distance) = _memory.Replace(Tensors[i], g);
                _tensorRates[i] = _rates.Next(i, previous, distance, context.Iteration);
            }

            BeginPass(_tensorRates[LargestTensor]);
            for (var i = 0; i < Tensors.Length; i++)
            {
                var rule = new Rule(T.CreateChecked(_beta), T.CreateChecked(1 - _beta), T.CreateTruncating(_tensorRates[i]), T.CreateChecked(Epsilon));
                Pass(rule, Tensors[i].Range, x, g, _v, _stepsizes);
            }

            var (lower, upper) = EndPass(_stepsizes);
            return Median.Of(lower, upper);
        }

        private readonly struct Rule(T beta, T rest, T rate, T epsilon) : ICoordinateRule2<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> v, ref Vector<T> stepsize)
            {
                v = (beta * v) + (rest * g * g);
                stepsize = new Vector<T>(rate) / Vector.SquareRoot(v + new Vector<T>(epsilon));
                x -= stepsize * g;
            }
        }
    }
}
