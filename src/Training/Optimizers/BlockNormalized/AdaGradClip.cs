using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdaGrad on the clipped gradient ("Block-normalized gradient", ICLR 2018 submission, section 4.2).</summary>
public sealed class AdaGradClip : BlockNormalizedDefinition
{
    public override string Id => "adagrad-clip";

    public override string Title => "AdaGrad-clip";

    public override string Source => Document + "section 4.2";

    public override string Summary => "AdaGrad on a gradient that is rescaled where its norm is above a threshold.";

    public override string Formula => Clipped + AdaGradStep;

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Threshold, .. AdaGradOptions];

    /// <summary>"Block-normalized gradient" (ICLR 2018 submission), section 4.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.01;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : AdaGradOptimizer<T>(settings.Options, layout, initial: 0, AdaGradEpsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double _threshold = settings.Options.Number(Threshold.Id);
        private readonly double _lr = settings.AxisValue;

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            GradientClip.Apply(g, _threshold);
            return Update(x, g, _lr, context);
        }
    }
}
