using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>SGD with momentum on the clipped gradient ("Block-normalized gradient", ICLR 2018 submission, section 4.2).</summary>
public sealed class SgdMClip : BlockNormalizedDefinition
{
    public override string Id => "sgdm-clip";

    public override string Title => "SGDM-clip";

    public override string Source => Document + "section 4.2";

    public override string Summary => "SGD with momentum on a gradient that is rescaled where its norm is above a threshold.";

    public override string Formula => Clipped + MomentumStep;

    public override IReadOnlyList<OptionDefinition> Options { get; } = [Threshold, .. MomentumOptions];

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : MomentumOptimizer<T>(settings.Options, layout)
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
