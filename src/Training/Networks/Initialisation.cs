using System.Numerics;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Networks;

/// <summary>
/// How a parameter tensor starts. Elements are drawn one after another in the order of the flat array, in double, then rounded.
/// </summary>
public abstract class Initialisation
{
    public static Initialisation Zeros { get; } = new ConstantValue(0);

    public static Initialisation Ones { get; } = new ConstantValue(1);

    /// <summary>U(−bound, bound).</summary>
    public static Initialisation Uniform(double bound) => new UniformDraw(bound);

    /// <summary>N(0, deviation²).</summary>
    public static Initialisation Normal(double deviation) => new NormalDraw(deviation);

    /// <summary>
    /// U(±1/√fan_in): PyTorch's default for the weights (Kaiming uniform with a = √5 comes to this) and biases of linear and convolution layers.
    /// </summary>
    public static Initialisation PyTorchDefault(int fanIn) => Uniform(1 / Math.Sqrt(fanIn));

    /// <summary>U(±√(6/(fan_in + fan_out))): Keras's default for weights (Glorot and Bengio 2010); its biases start at zero.</summary>
    public static Initialisation GlorotUniform(int fanIn, int fanOut) => Uniform(Math.Sqrt(6.0 / (fanIn + fanOut)));

    /// <summary>U(±√(6/fan_in)): for layers before a ReLU (He et al. 2015).</summary>
    public static Initialisation KaimingUniform(int fanIn) => Uniform(Math.Sqrt(6.0 / fanIn));

    /// <summary>N(0, 2/fan_out): how residual networks start their convolutions (He et al. 2015).</summary>
    public static Initialisation KaimingNormal(int fanOut) => Normal(Math.Sqrt(2.0 / fanOut));

    /// <summary>The default weight of a scheme.</summary>
    public static Initialisation Weight(InitialisationScheme scheme, int fanIn, int fanOut) =>
        scheme == InitialisationScheme.Keras ? GlorotUniform(fanIn, fanOut) : PyTorchDefault(fanIn);

    /// <summary>The default bias of a scheme.</summary>
    public static Initialisation Bias(InitialisationScheme scheme, int fanIn) =>
        scheme == InitialisationScheme.Keras ? Zeros : PyTorchDefault(fanIn);

    public abstract void Fill<T>(Span<T> values, RandomStream random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private sealed class ConstantValue(double value) : Initialisation
    {
        public override void Fill<T>(Span<T> values, RandomStream random) => values.Fill(T.CreateChecked(value));
    }

    private sealed class UniformDraw(double bound) : Initialisation
    {
        public override void Fill<T>(Span<T> values, RandomStream random)
        {
            foreach (ref var value in values)
            {
                value = T.CreateChecked(((2 * random.NextUniform()) - 1) * bound);
            }
        }
    }

    private sealed class NormalDraw(double deviation) : Initialisation
    {
        public override void Fill<T>(Span<T> values, RandomStream random)
        {
            foreach (ref var value in values)
            {
                value = T.CreateChecked(deviation * random.NextNormal());
            }
        }
    }
}
