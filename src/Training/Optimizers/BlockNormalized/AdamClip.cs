using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>Adam on the clipped gradient ("Block-normalized gradient", ICLR 2018 submission, section 4.2).</summary>
public sealed class AdamClip : BlockNormalizedDefinition
{
    public override string Id => "adam-clip";

    public override string Title => "Adam-clip";

    public override string Source => Document + "section 4.2";

    public override string Summary => "Adam on a gradient that is rescaled where its norm is above a threshold.";

    public override string Formula => Clipped + AdamStep;

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Threshold, .. AdamOptions];

    /// <summary>"Block-normalized gradient" (ICLR 2018 submission), section 4.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.001;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : AdamOptimizer<T>(settings.Options, epsilonInside: false, settings.Options.Number(WeightDecay.Id), layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _threshold = settings.Options.Number(Threshold.Id);
        private readonly double _lr = settings.AxisValue;
        private readonly StepsizeDecay _decay = new(settings.Options);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            GradientClip.Apply(g, _threshold);
            return Update(x, g, _lr * _decay.Factor(context), context.Iteration);
        }
    }
}
