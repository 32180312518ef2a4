using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>AdaGrad on the normalised gradient ("Block-normalized gradient", ICLR 2018 submission, section 4).</summary>
public sealed class AdaGradNg : BlockNormalizedDefinition
{
    public override string Id => "adagrad-ng";

    public override string Title => "AdaGrad-NG";

    public override string Source => Document + "section 4";

    public override string Summary => "AdaGrad on gradients of which each block, a layer's weight and bias together, has norm 1.";

    public override string Formula => Normalised + AdaGradStep;

    public override IReadOnlyList<OptionDefinition> Options { get; } = AdaGradOptions;

    /// <summary>"Block-normalized gradient" (ICLR 2018 submission), section 4.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.01;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : AdaGradOptimizer<T>(settings.Options, layout, initial: 0, AdaGradEpsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly BlockNorms<T> _blocks = new(layout);
        private readonly double _lr = settings.AxisValue;

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            _blocks.Normalise(g);
            return Update(x, g, _lr, context);
        }
    }
}
