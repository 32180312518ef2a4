using System.Numerics;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>Rescales a gradient that is too long.</summary>
internal static class GradientClip
{
    /// <summary>Makes ‖g‖ = <paramref name="threshold"/> where it is larger; the norm is taken over all parameters.</summary>
    public static void Apply<T>(Span<T> g, double threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var norm = Norms.Of<T>(g);
        if (norm > threshold)
        {
            PlainStep.Scale(g, threshold / norm);
        }
    }
}
