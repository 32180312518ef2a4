using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Parameters;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

public sealed class NormsTests
{
    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e-20f)]
    [InlineData(1f)]
    [InlineData(1e25f)]
    public void Of_FloatsWhoseSquaresDoNotFit_IsStillTheNorm(float scale)
    {
        float[] values = [.. Enumerable.Repeat(scale, 400)];
        Assert.Equal(20 * (double)scale, Norms.Of<float>(values), scale * 1e-4);
    }

    [Theory]
    [InlineData(1e-36f)]
    [InlineData(1e-18f)]
    [InlineData(1e-3f)]
    [InlineData(1e30f)]
    public void Normalise_BlocksOfAnyScale_HaveNormOne(float scale)
    {
        var layout = SmoothProblem.Layout;
        float[] g = [.. SmoothProblem.Normals(11, layout.Length).Select(v => scale * (float)v)];
        layout.Segments[^1].Of(g.AsSpan()).Clear();
        var norms = new BlockNorms<float>(layout);
        norms.Normalise(g);
        Assert.Equal([1, 1, 1, 0], norms.Of(g).ToArray().Select(n => Math.Round(n, 5)));
    }
}
