using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Losses;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class LossTests
{
    [Fact]
    public void SoftmaxCrossEntropy_Gradient_AgreesWithDifferences()
    {
        var set = SupervisedSet<double>.Classification(4, new double[4], new[] { 2, 0, 1, 2 });
        CheckGradient(new SoftmaxCrossEntropy().Compile<double>([3], 4), set, [3, 1], 3);
    }

    [Fact]
    public void SoftmaxCrossEntropy_Sequence_HasOnePredictionAPlace()
    {
        var set = SupervisedSet<double>.Classification(2, new double[2], new[] { 2, 0, 1, 2 });
        var loss = new SoftmaxCrossEntropy().Compile<double>([2, 3], 4);

        Assert.Equal(2, loss.Measure(LayerHarness.Normals(6, 1), set, [1], default).Predictions);
        CheckGradient(loss, set, [1, 0], 6);
    }

    [Fact]
    public void SquaredLoss_Gradient_AgreesWithDifferences()
    {
        var set = SupervisedSet<double>.Regression(3, new double[3], LayerHarness.Normals(6, 9));
        CheckGradient(new SquaredLoss().Compile<double>([2], 4), set, [2, 0], 2);
    }

    [Fact]
    public void SquaredLoss_KnownResiduals_IsHalfTheirMeanSquare()
    {
        var set = SupervisedSet<double>.Regression(2, new double[2], new double[] { 1, 2 });
        var sums = new SquaredLoss().Compile<double>([1], 4).Measure([3, -1], set, [0, 1], default);

        Assert.Equal(0.5 * (4 + 9) / 2, sums.MeanLoss);
    }

    [Fact]
    public void SoftmaxCrossEntropy_LargeScores_DoesNotOverflow()
    {
        var set = SupervisedSet<float>.Classification(1, new float[1], new[] { 1 });
        var sums = new SoftmaxCrossEntropy().Compile<float>([3], 4).Measure([1e30f, 0, -1e30f], set, [0], default);

        Assert.Equal(1e30f, sums.MeanLoss);
    }

    [Theory]
    [InlineData(new[] { double.NaN, double.NaN, double.NaN }, 0)]
    [InlineData(new[] { 5, double.NaN, double.NaN }, 1)]
    [InlineData(new[] { 1.0, 2, 2 }, 1)]
    public void SoftmaxCrossEntropy_NotANumberOrTie_PredictsAsPyTorch(double[] scores, int predicted)
    {
        var set = SupervisedSet<double>.Classification(1, new double[1], new[] { predicted });
        var gradient = new double[3];
        var sums = new SoftmaxCrossEntropy().Compile<double>([3], 4).Measure(scores, set, [0], gradient);

        Assert.Equal(1, sums.Correct);
        Assert.Equal(scores.Any(double.IsNaN), double.IsNaN(sums.Loss));
        Assert.Equal(scores.Any(double.IsNaN), double.IsNaN(gradient[0]));
    }

    private static void CheckGradient(CompiledLoss<double> loss, SupervisedSet<double> set, int[] examples, int length)
    {
        const double step = 1e-6;
        var outputs = LayerHarness.Normals(examples.Length * length, 4);
        var gradient = new double[outputs.Length];
        loss.Measure(outputs, set, examples, gradient);
        for (var i = 0; i < outputs.Length; i++)
        {
            var value = outputs[i];
            outputs[i] = value + step;
            var above = loss.Measure(outputs, set, examples, default).MeanLoss;
            outputs[i] = value - step;
            var below = loss.Measure(outputs, set, examples, default).MeanLoss;
            outputs[i] = value;
            Assert.Equal((above - below) / (2 * step), gradient[i], 1e-8);
        }
    }
}
