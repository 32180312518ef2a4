using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Simd;
using Stepsize.Training.Kernels.Winograd;
using Xunit;

namespace Stepsize.Training.Tests.Kernels;

public sealed class WinogradConvolutionTests
{
    /// <summary>
    /// Root mean square of the errors, in roundings of the root mean square of the results. Sums of the definition have about 1; the transforms take differences of terms that
    /// are up to 5² and 21/4² times larger than their result, in both axes.
    /// </summary>
    private const double RoundingsOfSixPoints = 30;

    private const double RoundingsOfEightPoints = 60;

    public static TheoryData<string, bool> Cases => KernelCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void AllPasses_RandomShapesAndPaddings_AgreeWithNaive(string set, bool inDouble)
    {
        for (var trial = 0; trial < 24; trial++)
        {
            var random = KernelCases.Random(4000 + trial);
            var kernel = trial % 2 == 0 ? 3 : 5;
            var shape = new ConvolutionShape(
                1 + random.NextBelow(trial % 5 == 0 ? 40 : 6), kernel + random.NextBelow(14), kernel + random.NextBelow(20),
                1 + random.NextBelow(trial % 3 == 0 ? 70 : 9), kernel, kernel, Padding: random.NextBelow(4));
            var images = 1 + random.NextBelow(trial % 7 == 0 ? 9 : 3);
            if (inDouble)
            {
                Check<double>(KernelCases.Set(set), shape, images, trial);
            }
            else
            {
                Check<float>(KernelCases.Set(set), shape, images, trial);
            }
        }
    }

    [Theory]
    [InlineData(20, 12, 50, 5, 0)]
    [InlineData(32, 26, 64, 3, 0)]
    [InlineData(64, 16, 64, 3, 1)]
    [InlineData(16, 7, 200, 3, 1)]
    public void AllPasses_ShapesOfNetworks_AgreeWithNaive(int channels, int size, int filters, int kernel, int padding) =>
        Check<float>(InstructionSets.Best, new ConvolutionShape(channels, size, size, filters, kernel, kernel, Padding: padding), 3, channels);

    [Fact]
    public void AllPasses_PatchesOfZeros_GiveZeros()
    {
        var shape = new ConvolutionShape(8, 11, 11, 8, 3, 3);
        var weights = new float[shape.Filters * shape.PatchLength];
        Array.Fill(weights, 0.3f);
        var (input, output) = (new float[shape.InputLength], new float[shape.OutputLength]);
        Array.Fill(output, float.NaN);
        var convolution = new WinogradConvolution<float>(shape, InstructionSets.Best);
        convolution.Forward(input, weights, [], output, 1);
        Assert.All(output, value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Forward_NotANumberInTheInput_ReachesEveryOutputThatReadsIt()
    {
        var shape = new ConvolutionShape(8, 12, 12, 8, 5, 5);
        var random = KernelCases.Random(1);
        var input = KernelCases.Normal<float>(ref random, shape.InputLength);
        input[(6 * 12) + 6] = float.NaN;
        var output = new float[shape.OutputLength];
        new WinogradConvolution<float>(shape, InstructionSets.Best).Forward(
            input, KernelCases.Normal<float>(ref random, shape.Filters * shape.PatchLength), [], output, 1);
        for (var place = 0; place < output.Length; place++)
        {
            var (y, x) = Math.DivRem(place % shape.Positions, shape.OutputWidth);
            Assert.True(y is < 2 or > 6 || x is < 2 or > 6 || float.IsNaN(output[place]), $"output {place} does not show it");
        }
    }

    [Theory]
    [InlineData(32, 26, 64, 3, 1, true)]
    [InlineData(20, 12, 50, 5, 1, true)]
    [InlineData(1, 28, 32, 3, 1, false)]
    [InlineData(32, 26, 64, 3, 2, false)]
    [InlineData(32, 26, 64, 1, 1, false)]
    [InlineData(32, 5, 64, 5, 1, false)]
    public void Pays_Shape_IsTrueWhereMostMultiplicationsGo(int channels, int size, int filters, int kernel, int stride, bool expected) =>
        Assert.Equal(expected, WinogradTiling.Pays(new ConvolutionShape(channels, size, size, filters, kernel, kernel, stride)));

    private static void Check<T>(InstructionSet set, ConvolutionShape shape, int images, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = KernelCases.Random(5000 + seed);
        var input = KernelCases.Normal<T>(ref random, images * shape.InputLength, 0.3);
        var weights = KernelCases.Normal<T>(ref random, shape.Filters * shape.PatchLength);
        var bias = KernelCases.Normal<T>(ref random, seed % 2 == 0 ? shape.Filters : 0);
        var outputGradient = KernelCases.Normal<T>(ref random, images * shape.OutputLength, 0.3);
        var expected = ConvolutionReference.Of(shape, images, input, weights, bias, outputGradient);

        var convolution = new WinogradConvolution<T>(shape, set);
        var output = KernelCases.Normal<T>(ref random, images * shape.OutputLength);
        var weightGradient = KernelCases.Normal<T>(ref random, weights.Length);
        var inputGradient = KernelCases.Normal<T>(ref random, input.Length);
        for (var twice = 0; twice < 2; twice++)
        {
            convolution.Forward(input, weights, bias, output, images);
            convolution.Gradients(input, weights, outputGradient, weightGradient, inputGradient, images);
        }

        var alone = new T[weights.Length];
        convolution.Gradients(input, weights, outputGradient, alone, [], images);
        Assert.Equal(weightGradient, alone);

        AssertClose<T>(expected.Output, output, shape, $"{set} forward {shape}");
        AssertClose<T>(expected.Weights, weightGradient, shape, $"{set} weights {shape}");
        AssertClose<T>(expected.Input, inputGradient, shape, $"{set} input {shape}");
    }

    /// <summary>Errors of single numbers are of the size of the tile around them: so all are compared with their root mean square, no single one may be twelve times it: the last row and column of a tile weigh 8 times in each axis.</summary>
    private static void AssertClose<T>(double[] expected, T[] actual, ConvolutionShape shape, string what)
        where T : INumber<T>
    {
        var size = Math.Sqrt(expected.Average(v => v * v));
        var errors = expected.Zip(actual, (e, a) => (double.CreateChecked(a) - e) / (size * KernelCases.Epsilon<T>())).ToArray();
        var allowed = shape.KernelHeight == 3 ? RoundingsOfSixPoints : RoundingsOfEightPoints;
        var error = Math.Sqrt(errors.Average(e => e * e));
        Assert.True(error <= allowed, $"{what}: error {error:F1} roundings");
        Assert.True(errors.All(e => Math.Abs(e) <= 12 * allowed), $"{what}: largest error {errors.Max(Math.Abs):F1} roundings");
    }
}
