using System.Numerics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers.Mechanics;


/// <summary>
/// Base of the optimizers with Adam's rule (Kingma and Ba 2015, algorithm 1): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g ⊙ g, m̂ = m/(1 − β₁ᵗ),
/// v̂ = v/(1 − β₂ᵗ), x ← x − stepsize · m̂/(√v̂ + ε), or √(v̂ + ε) below.
/// </summary>
internal abstract class AdamOptimizer<T> : CoordinateOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _inside;
    private readonly double _outside;
    private readonly double _weightDecay;
    private readonly T[] _m;
    private readonly T[] _v;

    /// <param name="epsilonInside">Whether ε stands under the root.</param>
    /// <param name="weightDecay">λ: λ x is added to g.</param>
    protected AdamOptimizer(OptionSet options, bool epsilonInside, double weightDecay, ParameterLayout layout)
        : base(layout)
    {
        _beta1 = options.Number(Moments.Beta1.Id);
        _beta2 = options.Number(Moments.Beta2.Id);
        var epsilon = options.Number(Moments.Epsilon.Id);
        (_inside, _outside) = epsilonInside ? (epsilon, 0.0) : (0.0, epsilon);
        _weightDecay = weightDecay;
        _m = Buffer(layout.Length);
        _v = Buffer(layout.Length);
    }

    /// <returns>The median of stepsize/(√v̂ + ε), which multiplied m̂.</returns>
    protected double Update(Span<T> x, Span<T> g, double stepsize, int t)
    {
        var correction1 = 1 / (1 - Math.Pow(_beta1, t));
        var correction2 = 1 / (1 - Math.Pow(_beta2, t));
        var rule = new Rule(
            T.CreateChecked(_beta1),
            T.CreateChecked(1 - _beta1),
            T.CreateChecked(_beta2),
            T.CreateChecked(1 - _beta2),
            T.CreateChecked(stepsize * correction1),
            T.CreateChecked(correction2),
            T.CreateChecked(_inside),
            T.CreateChecked(_outside),
            T.CreateChecked(_weightDecay));
        BeginPass();
        Pass(rule, .., x, g, _m, _v);
        var (lower, upper) = EndPass(_v);
        return Median.Of(Stepsize(stepsize, lower * correction2), Stepsize(stepsize, upper * correction2));
    }

    private double Stepsize(double stepsize, double v) => stepsize / (Math.Sqrt(v + _inside) + _outside);

    private readonly struct Rule(T beta1, T rest1, T beta2, T rest2, T stepsize, T correction2, T inside, T outside, T weightDecay) : ICoordinateRule2<T>
    {
        public void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> m, ref Vector<T> v)
        {
            g += weightDecay * x;
            m = (beta1 * m) + (rest1 * g);
            v = (beta2 * v) + (rest2 * g * g);
            x -= stepsize * m / (Vector.SquareRoot((correction2 * v) + new Vector<T>(inside)) + new Vector<T>(outside));
        }
    }
}
