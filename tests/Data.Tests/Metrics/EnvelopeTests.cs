using FsCheck;
using FsCheck.Fluent;
using Stepsize.Data.Metrics;

namespace Stepsize.Data.Tests.Metrics;

public sealed class EnvelopeTests
{
    [Fact]
    public void ToCurve_FewValues_AreAllThere()
    {
        var curve = Of([3, float.NaN, float.PositiveInfinity, -1], points: 4);

        Assert.True(curve.IsRaw);
        Assert.Equal([1, 2, 3, 4], curve.Iterations);
        Assert.Equal([3, float.NaN, float.PositiveInfinity, -1], curve.Minimum);
        Assert.Equal(curve.Minimum, curve.Maximum);
        Assert.Equal(2, curve.FirstNonFinite);
        Assert.Equal(4, curve.Total);
    }

    [Fact]
    public void ToCurve_ManyValues_KeepsEndsAndExtremesOfEqualStretches()
    {
        var curve = Of([9, 1, 2, 3, 4, 5, 6, 7], points: 4);

        Assert.False(curve.IsRaw);
        Assert.Equal([1, 3, 6, 8], curve.Iterations);
        Assert.Equal([9, 1, 4, 7], curve.Minimum);
        Assert.Equal([9, 3, 6, 7], curve.Maximum);
    }

    [Fact]
    public void ToCurve_StretchWithNonFiniteValues_ShowsThem()
    {
        var values = Enumerable.Repeat(1f, 20).ToArray();
        (values[3], values[8], values[13]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);

        var curve = Of(values, points: 8); // Stretches of 3: 2–4, 5–7, 8–10, 11–13, 14–16, 17–19.

        Assert.Equal([1, 1, 1, 1, 1, float.NegativeInfinity, 1, 1], [.. curve.Minimum.Take(4), 1, curve.Minimum[5], .. curve.Minimum.Skip(6)]);
        Assert.True(float.IsNaN(curve.Maximum[1]));
        Assert.Equal(float.PositiveInfinity, curve.Maximum[3]);
        Assert.Equal(4, curve.FirstNonFinite);
    }

    [Fact]
    public void ToCurve_WindowAwayFromTheNonFiniteValue_StillTellsIt()
    {
        var envelope = new Envelope(5, 6, 4);
        envelope.Add(1, [0, float.NaN, 2, 3]);
        envelope.Add(5, [4, 5, 6]);

        var curve = envelope.ToCurve(7);

        Assert.Equal([5, 6], curve.Iterations);
        Assert.Equal([4, 5], curve.Maximum);
        Assert.Equal(2, curve.FirstNonFinite);
    }

    [Fact]
    public void ToCurve_EmptyWindow_HasNoPoints()
    {
        var curve = new Envelope(9, 3, 4).ToCurve(3);

        Assert.Empty(curve.Iterations);
        Assert.Empty(curve.Maximum);
    }

    [Fact]
    public void ToCurve_AnyValuesInAnyChunks_BoundsEveryValueWithinThePoints()
    {
        var cases =
            from count in Gen.Choose(1, 400)
            from values in Gen.ArrayOf(Gen.Frequency((20, Gen.Choose(-1000, 1000).Select(v => v / 7f)), (1, Gen.Elements(float.NaN, float.NegativeInfinity))), count)
            from points in Gen.Choose(4, 50)
            from first in Gen.Choose(1, count)
            from last in Gen.Choose(first, count)
            from chunk in Gen.Choose(1, 100)
            select (values, points, first, last, chunk);
        Prop.ForAll(cases.ToArbitrary(), c => Holds(c.values, c.points, c.first, c.last, c.chunk)).QuickCheckThrowOnFailure();
    }

    private static bool Holds(float[] values, int points, int first, int last, int chunk)
    {
        var envelope = new Envelope(first, last, points);
        for (var i = 0; i < values.Length; i += chunk)
        {
            envelope.Add(i + 1, values.AsSpan(i, Math.Min(chunk, values.Length - i)));
        }

        var curve = envelope.ToCurve(values.Length);
        var window = values[(first - 1)..last];
        var finite = window.Where(v => !float.IsNaN(v)).ToArray();
        var bad = Array.FindIndex(values, v => !float.IsFinite(v));
        return curve.Iterations.Count <= points
            && curve.Iterations[0] == first && curve.Iterations[^1] == last
            && curve.Iterations.Zip(curve.Iterations.Skip(1)).All(p => p.First < p.Second)
            && curve.Maximum[0].Equals(window[0]) && curve.Maximum[^1].Equals(window[^1])
            && window.Any(float.IsNaN) == curve.Maximum.Any(float.IsNaN)
            && (finite.Length == 0 || curve.Minimum.Where(v => !float.IsNaN(v)).Min() == finite.Min())
            && curve.FirstNonFinite == (bad < 0 ? null : bad + 1);
    }

    private static Curve Of(float[] values, int points)
    {
        var envelope = new Envelope(1, values.Length, points);
        envelope.Add(1, values);
        return envelope.ToCurve(values.Length);
    }
}
