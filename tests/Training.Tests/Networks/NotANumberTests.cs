using Stepsize.Training.Networks;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

/// <summary>A diverged network must show it: no layer may turn NaN into a number.</summary>
public sealed class NotANumberTests
{
    public static TheoryData<string, int[]> Layers => new()
    {
        { "linear", [3] }, { "relu", [19] }, { "sigmoid", [19] }, { "tanh", [19] }, { "gelu", [3] }, { "convolution", [1, 3, 3] },
        { "max-pool", [1, 2, 2] }, { "max-pool-overlapping", [1, 2, 2] }, { "average-pool", [1, 2, 2] }, { "global-average-pool", [1, 2, 2] },
        { "global-max-pool", [1, 2, 9] }, { "max-over-time", [4, 1] }, { "batch-norm", [1, 3, 3] }, { "layer-norm", [5] }, { "lstm", [1, 2] },
        { "self-attention", [2, 3] }, { "residual", [4] }, { "concatenation", [1, 4, 4] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Forward_OneNotANumber_IsInTheOutput(string name, int[] shape)
    {
        var harness = new LayerHarness(Shape.Create(shape), 1, LayerCases.All[name]);
        for (var i = 0; i < harness.Inputs.Length; i++)
        {
            var value = harness.Inputs[i];
            harness.Inputs[i] = double.NaN;
            Assert.Contains(harness.Forward(), double.IsNaN);
            harness.Inputs[i] = value;
        }
    }
}
