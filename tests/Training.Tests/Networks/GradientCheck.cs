using Stepsize.Training.Networks;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

/// <summary>Compares a backward pass with central differences of the forward pass.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    /// <summary>Asserts that every component agrees to <paramref name="tolerance"/>, relative to the larger of it and 1.</summary>
    public static void Holds(Shape input, int batch, Layer[] layers, double tolerance = 1e-7, Action<LayerHarness>? prepare = null)
    {
        var harness = new LayerHarness(input, batch, layers);
        prepare?.Invoke(harness);
        var (inputs, parameters) = harness.Backward();
        Compare(harness, harness.Inputs, inputs, "input", tolerance);
        Compare(harness, harness.Parameters, parameters, "parameter", tolerance);
        Assert.Equal(parameters, harness.Backward(withInputs: false).Parameters);
    }

    /// <summary>Asserts it for the parameters alone.</summary>
    public static void ParametersHold(LayerHarness harness, double tolerance) =>
        Compare(harness, harness.Parameters, harness.Backward().Parameters, "parameter", tolerance);

    private static void Compare(LayerHarness harness, double[] values, double[] gradient, string what, double tolerance)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            values[i] = value + Step;
            var above = Sum(harness);
            values[i] = value - Step;
            var below = Sum(harness);
            values[i] = value;
            var expected = (above - below) / (2 * Step);
            Assert.True(
                Math.Abs(expected - gradient[i]) <= tolerance * Math.Max(1, Math.Abs(expected)),
                $"{what} {i}: the backward pass gives {gradient[i]}, differences give {expected}");
        }
    }

    private static double Sum(LayerHarness harness) => harness.Forward().Zip(harness.OutputGradient, (y, w) => y * w).Sum();
}
