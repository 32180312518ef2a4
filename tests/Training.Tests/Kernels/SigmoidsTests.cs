using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

public sealed class SigmoidsTests
{
    public static TheoryData<string> Sets => [.. InstructionSets.Supported().Select(s => s.ToString())];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Exponential_WholeRange_IsWithinTwoRoundings(string set)
    {
        // Where e to the x is a normal number.
        var x = Between(-87.3f, 88.3f, 200_001);
        var y = new float[x.Length];
        Exponential.Of(KernelCases.Set(set), x, y);
        Assert.True(LargestError(x, y, Math.Exp) <= 2, $"{LargestError(x, y, Math.Exp)} roundings");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Exponential_OutsideTheRange_IsZeroInfinityOrNotANumber(string set)
    {
        float[] x = [-88, -1000, float.MinValue, float.NegativeInfinity, 88.8f, 1000, float.MaxValue, float.PositiveInfinity, float.NaN, 0, -0f];
        var y = new float[x.Length];
        Exponential.Of(KernelCases.Set(set), x, y);
        var infinity = float.PositiveInfinity;
        Assert.Equal([0, 0, 0, 0, infinity, infinity, infinity, infinity, float.NaN, 1, 1], y);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Forward_WholeRange_IsWithinThreeRoundings(string set)
    {
        var x = Between(-87f, 100f, 200_001);
        var y = new float[x.Length];
        Sigmoids.Forward(KernelCases.Set(set), x, y);
        Assert.True(LargestError(x, y, Sigmoid) <= 3, $"{LargestError(x, y, Sigmoid)} roundings");
        Assert.Equal(0.5f, y[^1]);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Forward_OutsideTheRange_IsZeroOneOrNotANumber(string set)
    {
        float[] x = [-89, float.MinValue, float.NegativeInfinity, 89, float.MaxValue, float.PositiveInfinity, float.NaN];
        Sigmoids.Forward(KernelCases.Set(set), x, x);
        Assert.Equal([0, 0, 0, 1, 1, 1, float.NaN], x);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void ForwardAndBackward_AnyLength_TouchNothingBeyond(string set)
    {
        for (var length = 0; length <= 70; length++)
        {
            var random = KernelCases.Random(length);
            var x = KernelCases.Normal<float>(ref random, length);
            var gradient = KernelCases.Normal<float>(ref random, length);
            var y = Enumerable.Repeat(-7f, length + 20).ToArray();
            Sigmoids.Forward(KernelCases.Set(set), x, y.AsSpan(0, length));
            KernelCases.Close<float>([.. x.Select(v => Sigmoid(v))], y.AsSpan(0, length), 3, 0, "forward");

            var back = Enumerable.Repeat(-7f, length + 20).ToArray();
            Sigmoids.Backward(KernelCases.Set(set), y.AsSpan(0, length), gradient, back.AsSpan(0, length));
            KernelCases.Close<float>([.. gradient.Zip(y, (g, v) => g * ((double)v * (1.0 - v)))], back.AsSpan(0, length), 3, 0, "backward");
            Assert.All(y[length..].Concat(back[length..]), v => Assert.Equal(-7f, v));

            Sigmoids.Backward(KernelCases.Set(set), y.AsSpan(0, length), gradient, gradient);
            Assert.Equal(back[..length], gradient);
        }
    }

    [Fact]
    public void ForwardAndBackward_LengthsThatDiffer_Throw()
    {
        Assert.Throws<ArgumentException>(() => Sigmoids.Forward(InstructionSets.Best, new float[3], new float[2]));
        Assert.Throws<ArgumentException>(() => Sigmoids.Backward(InstructionSets.Best, new float[3], new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => Exponential.Of(InstructionSets.Best, new float[3], new float[4]));
    }

    private static double Sigmoid(float x) => Sigmoid((double)x);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Numbers at equal distances, then zero.</summary>
    private static float[] Between(float first, float last, int count) =>
        [.. Enumerable.Range(0, count).Select(i => first + ((last - first) * (i / (count - 1f)))), 0f];

    /// <summary>In roundings of the exact result.</summary>
    private static double LargestError(float[] x, float[] y, Func<double, double> exact) =>
        x.Zip(y, (a, b) => Math.Abs((b / exact(a)) - 1) / KernelCases.Epsilon<float>()).Max();
}
