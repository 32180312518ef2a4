namespace Stepsize.Kernel.Benchmarks;

/// <summary>Inputs of kernels: pinned, and the same every time.</summary>
internal static class Numbers
{
    /// <param name="zeros">Share of zeros.</param>
    public static float[] Uniform(int length, double zeros = 0)
    {
        var random = new Random(length);
        var values = GC.AllocateUninitializedArray<float>(length, pinned: true);
        for (var i = 0; i < length; i++)
        {
            values[i] = random.NextDouble() < zeros ? 0 : random.NextSingle() - 0.5f;
        }

        return values;
    }
}
