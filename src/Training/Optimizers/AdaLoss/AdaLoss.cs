using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>
/// AdaLoss (Wu, Xie, Du and Ward 2022, algorithm 1): b grows by the loss itself, which costs nothing to know. With <c>theorem3</c> b grows as theorem 3
/// analyses it for two-layer networks with squared loss: its case (b), where b passes the threshold after about (λ₀ + √n)/(α² √n ε) iterations while
/// ‖y − u‖² is above ε, follows with the square alone. Weight decay is applied with the plain stepsize η, as the released code, which scales the loss and
/// not the decay.
/// </summary>
public sealed class AdaLoss : OptimizerDefinition
{
    private static readonly OptionDefinition Alpha = OptionDefinition.Number("alpha", 1, "α, the weight of the loss in b².", 0);

    private static readonly OptionDefinition Offset = OptionDefinition.Number("c", 0, "c, the loss at the optimum as far as it is known.");

    private static readonly OptionDefinition Theorem3 = OptionDefinition.Flag(
        "theorem3",
        false,
        "Whether b² grows by α² √n ‖y − u‖², for a squared loss f = ‖y − u‖²/(2n) over the n examples of the batch, in place of α |f − c|.");

    private static readonly OptionDefinition Decay =
        OptionDefinition.Number(WeightDecay.Id, 0, "λ: η λ x is subtracted beside the step, whatever b is.", 0);

    public override string Id => "adaloss";

    public override string Title => "AdaLoss";

    public override string Source => "Wu, Xie, Du and Ward (2022), algorithm 1 and theorem 3";

    public override string Summary => "One stepsize, divided by the root of all losses so far: as robust as AdaGrad-Norm without computing a norm.";

    public override string Formula =>
        @"b_t^2 = b_{t-1}^2 + \alpha \lvert f_t - c \rvert \ \text{or}\ b_{t-1}^2 + \alpha^2 \sqrt n\, \lVert y - u_t \rVert^2, \qquad "
        + @"x_t = x_{t-1} - \frac{\eta}{b_t}\, g_t - \eta \lambda x_{t-1}";

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Eta, Alpha, Offset, Theorem3, Decay];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults)
    {
        if (options.Flag(Theorem3.Id))
        {
            UnusedOption.Refuse(Offset, options, "theorem3 is true", "set theorem3 to false", field, faults);
        }
    }

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T> : Optimizer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _eta;
        private readonly double _alpha;
        private readonly double _offset;
        private readonly bool _theorem3;
        private readonly double _weightDecay;
        private readonly double[] _bSquared;

        public State(OptimizerSettings settings, ParameterLayout layout)
            : base(layout)
        {
            _eta = settings.Options.Number(Eta.Id);
            _alpha = settings.Options.Number(Alpha.Id);
            _offset = settings.Options.Number(Offset.Id);
            _theorem3 = settings.Options.Flag(Theorem3.Id);
            _weightDecay = settings.Options.Number(Decay.Id);
            _bSquared = Accumulators(1, settings.AxisValue * settings.AxisValue);
        }

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            _bSquared[0] += _theorem3 ? Theorem3Growth(context.Loss, context.BatchSize) : _alpha * Math.Abs(context.Loss - _offset);
            var stepsize = _eta / Math.Sqrt(_bSquared[0]);

            // (η/b) g + η λ x = (η/b) (g + b λ x): one pass instead of two.
            PlainStep.Take(x, g, stepsize, _weightDecay * Math.Sqrt(_bSquared[0]));
            return stepsize;
        }

        /// <summary>α² √n ‖y − u‖², where ‖y − u‖² = 2 n f.</summary>
        private double Theorem3Growth(double loss, double n) => _alpha * _alpha * Math.Sqrt(n) * 2 * n * Math.Abs(loss);
    }
}
