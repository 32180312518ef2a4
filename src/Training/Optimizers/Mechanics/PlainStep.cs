using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>The step that all methods with one stepsize for a stretch of parameters end with.</summary>
internal static class PlainStep
{
    /// <summary>
    /// Elements at a time. TensorPrimitives writes more than 256 KiB past the caches, where the next iteration then does not find its parameters: twice
    /// as slow on 79,400 of them.
    /// </summary>
    private const int Chunk = 8192;

    /// <summary>x ← x − stepsize · g.</summary>
    public static void Take<T>(Span<T> x, ReadOnlySpan<T> g, double stepsize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length == 1)
        {
            x[0] -= T.CreateTruncating(stepsize) * g[0];
        }
        else
        {
            AddScaled(g, -stepsize, x);
        }
    }

    /// <summary>x ← x − stepsize · (g + λ x). Changes <paramref name="g"/> where λ is not 0.</summary>
    public static void Take<T>(Span<T> x, Span<T> g, double stepsize, double weightDecay)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        AddDecay(x, g, weightDecay);
        Take<T>(x, g, stepsize);
    }

    /// <summary>g ← g + λ x.</summary>
    public static void AddDecay<T>(ReadOnlySpan<T> x, Span<T> g, double weightDecay)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (weightDecay != 0)
        {
            AddScaled(x, weightDecay, g);
        }
    }

    /// <summary>v ← factor · v.</summary>
    public static void Scale<T>(Span<T> v, double factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < v.Length; i += Chunk)
        {
            var part = v[i..Math.Min(v.Length, i + Chunk)];
            TensorPrimitives.Multiply(part, T.CreateTruncating(factor), part);
        }
    }

    private static void AddScaled<T>(ReadOnlySpan<T> from, double factor, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < to.Length; i += Chunk)
        {
            var part = i..Math.Min(to.Length, i + Chunk);
            TensorPrimitives.MultiplyAdd(from[part], T.CreateTruncating(factor), to[part], to[part]);
        }
    }
}
