using System.Numerics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers.Mechanics;


/// <summary>Base of the optimizers that step along a momentum buffer: m ← μ m + g + λ x, x ← x − stepsize · m.</summary>
internal abstract class MomentumOptimizer<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum;
    private readonly T _weightDecay;
    private readonly StepsizeDecay _decay;
    private readonly T[] _m;

    protected MomentumOptimizer(OptionSet options, ParameterLayout layout)
        : base(layout)
    {
        _momentum = T.CreateChecked(options.Number(Momentum.Id));
        _weightDecay = T.CreateChecked(options.Number(WeightDecay.Id));
        _decay = new StepsizeDecay(options);
        _m = Buffer(layout.Length);
    }

    public static OptionDefinition Momentum { get; } =
        OptionDefinition.Number("momentum", 0.9, "μ, the share of the momentum buffer that is kept.", 0, 1, maximumIsExclusive: true);

    /// <param name="stepsize">Before the decay of the learning rate.</param>
    /// <returns>The stepsize that multiplied m.</returns>
    protected double Update(Span<T> x, Span<T> g, double stepsize, StepContext<T> context)
    {
        stepsize *= _decay.Factor(context);
        CoordinateLoop.Run(new Rule(_momentum, _weightDecay, T.CreateTruncating(stepsize)), x, g, _m);
        return stepsize;
    }

    private readonly struct Rule(T momentum, T weightDecay, T stepsize) : ICoordinateRule1<T>
    {
        public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> m)
        {
            m = (momentum * m) + (g + (weightDecay * x));
            x -= stepsize * m;
        }
    }
}
