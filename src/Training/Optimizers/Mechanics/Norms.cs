using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>Euclidean norms in double, of float or double spans.</summary>
internal static class Norms
{
    /// <summary>Squared sums outside of this range may have lost small squares, or everything, to underflow or overflow of float.</summary>
    private const double SmallestSafeFloat = 1e-24;

    private const double SmallestSafeDouble = 1e-280;

    /// <summary>
    /// ‖values‖². One vectorised pass in <typeparamref name="T"/>; a second one in double where the first may have underflowed or overflowed, which
    /// happens to the gradients of deep sigmoid networks: exactly those that block normalisation is meant for.
    /// </summary>
    public static double Squared<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = double.CreateTruncating(TensorPrimitives.SumOfSquares(values));
        var isSafe = typeof(T) == typeof(float) ? sum >= SmallestSafeFloat && double.IsFinite(sum) : sum >= SmallestSafeDouble || double.IsNaN(sum);
        return isSafe ? sum : SquaredInDouble(values);
    }

    /// <summary>‖values‖.</summary>
    public static double Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Sqrt(Squared(values));

    private static double SquaredInDouble<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            var number = double.CreateTruncating(value);
            sum += number * number;
        }

        return sum;
    }
}
