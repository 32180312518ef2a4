using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>Adam on the normalised gradient ("Block-normalized gradient", ICLR 2018 submission, section 4).</summary>
public sealed class AdamNg : BlockNormalizedDefinition
{
    public override string Id => "adam-ng";

    public override string Title => "Adam-NG";

    public override string Source => Document + "section 4";

    public override string Summary => "Adam on gradients of which each block, a layer's weight and bias together, has norm 1.";

    public override string Formula => Normalised + AdamStep;

    public override IReadOnlyList<OptionDefinition> Options { get; } = AdamOptions;

    /// <summary>"Block-normalized gradient" (ICLR 2018 submission), section 4.</summary>
    public override double? DefaultStepsizeOver(RobustnessAxis axis) => 0.001;

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(settings, layout);

    private sealed class State<T>(OptimizerSettings settings, ParameterLayout layout)
        : AdamOptimizer<T>(settings.Options, epsilonInside: false, settings.Options.Number(WeightDecay.Id), layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly BlockNorms<T> _blocks = new(layout);
        private readonly double _lr = settings.AxisValue;
        private readonly StepsizeDecay _decay = new(settings.Options);

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            _blocks.Normalise(g);
            return Update(x, g, _lr * _decay.Factor(context), context.Iteration);
        }
    }
}
