using System.Numerics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers.Mechanics;


/// <summary>Base of the optimizers with Adagrad's rule: s ← s + g ⊙ g, x ← x − η g/(√(s + inside) + outside), with g + λ x for g.</summary>
internal abstract class AdaGradOptimizer<T> : CoordinateOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _inside;
    private readonly double _outside;
    private readonly T _weightDecay;
    private readonly StepsizeDecay _decay;
    private readonly T[] _s;

    /// <param name="initial">s₀ of every coordinate.</param>
    /// <param name="outside">ε added to the root.</param>
    /// <param name="inside">ε added to s under the root.</param>
    protected AdaGradOptimizer(OptionSet options, ParameterLayout layout, double initial, double outside, double inside = 0)
        : base(layout)
    {
        _inside = inside;
        _outside = outside;
        _weightDecay = T.CreateChecked(options.Number(WeightDecay.Id));
        _decay = new StepsizeDecay(options);
        _s = Buffer(layout.Length, T.CreateChecked(initial));
    }

    /// <param name="eta">η, before the decay of the learning rate.</param>
    /// <returns>The median of η/(√(s + inside) + outside).</returns>
    protected double Update(Span<T> x, Span<T> g, double eta, StepContext<T> context)
    {
        eta *= _decay.Factor(context);
        BeginPass();
        Pass(new Rule(T.CreateChecked(eta), T.CreateChecked(_outside), T.CreateChecked(_inside), _weightDecay), .., x, g, _s);
        var (lower, upper) = EndPass(_s);
        return Median.Of(Stepsize(eta, lower), Stepsize(eta, upper));
    }

    private double Stepsize(double eta, double s) => eta / (Math.Sqrt(s + _inside) + _outside);

    private readonly struct Rule(T eta, T outside, T inside, T weightDecay) : ICoordinateRule1<T>
    {
        public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> s)
        {
            g += weightDecay * x;
            s += g * g;
            x -= eta * g / (Vector.SquareRoot(s + new Vector<T>(inside)) + new Vector<T>(outside));
        }
    }
}
