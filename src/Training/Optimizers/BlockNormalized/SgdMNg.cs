using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>SGD with momentum on the normalised gradient ("Block-normalized gradient", ICLR 2018 submission, section 4).</summary>
public sealed class SgdMNg : BlockNormalizedDefinition
{
    public override string Id => "sgdm-ng";

    public override string Title => "SGDM-NG";

    public override string Source => Document + "section 4";

    public override string Summary => "SGD with momentum on gradients of which each block, a layer's weight and bias together, has norm 1.";

    public override string Formula => Normalised + MomentumStep;

    public override IReadOnlyList<OptionDefinition> Options { get; } = MomentumOptions;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : MomentumOptimizer<T>(settings.Options, layout)
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
