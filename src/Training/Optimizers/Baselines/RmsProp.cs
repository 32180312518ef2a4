using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>RMSProp with Keras's defaults, which Ioannou, Tagaris and Stafylopatis (2023) compare with.</summary>
public sealed class RmsProp : OptimizerDefinition
{
    private static readonly OptionDefinition Rho =
        OptionDefinition.Number("rho", 0.9, "ρ, the share of the averaged squared gradient v that is kept.", 0, 1, maximumIsExclusive: true);

    private static readonly OptionDefinition Epsilon = Moments.SmallNumber(1e-7);

    public override string Id => "rmsprop";

    public override string Title => "RMSProp";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), table 1, with Keras's defaults";

    public override string Summary => "A stepsize for each coordinate, divided by the root of a moving average of its squared gradients.";

    public override string Formula =>
        @"v_t = \rho v_{t-1} + (1 - \rho)\, g_t \odot g_t, \qquad x_t = x_{t-1} - \frac{\mathrm{lr}}{\sqrt{v_t} + \varepsilon} \odot g_t";

    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.LearningRate];

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Rho, Epsilon];

    /// <summary>As Keras has it.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.001;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : CoordinateOptimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _lr;
        private readonly double _rho;
        private readonly double _epsilon;
        private readonly T[] _v;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _lr = settings.AxisValue;
            _rho = settings.Options.Number(Rho.Id);
            _epsilon = settings.Options.Number(Epsilon.Id);
            _v = Buffer(layout.Length);
        }

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            BeginPass();
            Pass(new Rule(T.CreateChecked(_rho), T.CreateChecked(1 - _rho), T.CreateChecked(_lr), T.CreateChecked(_epsilon)), .., x, g, _v);
            var (lower, upper) = EndPass(_v);
            return Median.Of(_lr / (Math.Sqrt(lower) + _epsilon), _lr / (Math.Sqrt(upper) + _epsilon));
        }

        private readonly struct Rule(T rho, T rest, T lr, T epsilon) : ICoordinateRule1<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> v)
            {
                v = (rho * v) + (rest * g * g);
                x -= lr * g / (Vector.SquareRoot(v) + new Vector<T>(epsilon));
            }
        }
    }
}
