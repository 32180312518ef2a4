using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdaGrad with block-normalized gradient ("Block-normalized gradient", ICLR 2018 submission, appendix, algorithm 2), as its theorem 1 analyses it.</summary>
public sealed class AdaGradBng : OptimizerDefinition
{
    private static readonly OptionDefinition Delta =
        OptionDefinition.Number("delta", 1e-10, "δ, which keeps the denominator from 0.", 0, minimumIsExclusive: true);

    public override string Id => "adagrad-bng";

    public override string Title => "AdaGrad-BNG";

    public override string Source => "\"Block-normalized gradient\" (ICLR 2018 submission), appendix, algorithm 2";

    public override string Summary => "AdaGrad whose sums see normalised gradients, and whose stepsizes give each block's gradient its norm back.";

    public override string Formula =>
        @"\hat g_{t,i} = \frac{g_{t,i}}{\lVert g_{t,i} \rVert} \ (\text{each block } i), \quad s_{t,j} = \lVert \hat g_{1:t,j} \rVert, \quad "
        + @"\tau_{t,i} = \frac{\mathrm{lr}\, \lVert g_{t,i} \rVert}{\delta + s_{t,i}}, \qquad x_t = x_{t-1} - \tau_t \odot \hat g_t";

    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.LearningRate];

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Delta];

    /// <summary>"Block-normalized gradient" (ICLR 2018 submission), section 4.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.01;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : CoordinateOptimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _lr;
        private readonly T _delta;
        private readonly BlockNorms<T> _blocks;
        private readonly T[] _sSquared;
        private readonly T[] _stepsizes;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _lr = settings.AxisValue;
            _delta = T.CreateChecked(settings.Options.Number(Delta.Id));
            _blocks = new BlockNorms<T>(layout);
            _sSquared = Buffer(layout.Length);
            _stepsizes = new T[layout.Length];
        }

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            var norms = _blocks.Normalise(g);
            BeginPass(_lr * norms[Tensors[LargestTensor].Block]);
            foreach (var tensor in Tensors)
            {
                var rule = new Rule(T.CreateTruncating(_lr * norms[tensor.Block]), _delta);
                Pass(rule, tensor.Range, x, g, _sSquared, _stepsizes);
            }

            var (lower, upper) = EndPass(_stepsizes);
            return Median.Of(lower, upper);
        }

        private readonly struct Rule(T scaledRate, T delta) : ICoordinateRule2<T>
        {
            public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> sSquared, ref Vector<T> stepsize)
            {
                sSquared += g * g;
                stepsize = new Vector<T>(scaledRate) / (new Vector<T>(delta) + Vector.SquareRoot(sSquared));
                x -= stepsize * g;
            }
        }
    }
}
