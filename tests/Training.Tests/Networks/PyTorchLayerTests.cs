using System.Text.Json;
using Stepsize.Training.Networks;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

/// <summary>Outputs and gradients that PyTorch recorded, in float64.</summary>
public sealed class PyTorchLayerTests
{
    private const double Tolerance = 1e-10;

    private static readonly JsonElement Recorded = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests/Training.Tests/Networks/layers.json"))).RootElement;

    public static TheoryData<string> Names => LayerCases.Names;

    [Fact]
    public void Recorded_Cases_AreThoseOfTheTests() =>
        Assert.Equal(LayerCases.All.Keys.Order(), Recorded.EnumerateObject().Select(p => p.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardAndBackward_RecordedInputs_AgreeWithPyTorch(string name)
    {
        var recorded = Recorded.GetProperty(name);
        var harness = Harness(name, recorded, trains: true);

        AssertClose(Numbers(recorded, "output"), harness.Forward());
        var (inputs, parameters) = harness.Backward();
        AssertClose(Numbers(recorded, "inputGradient"), inputs);
        AssertClose(Numbers(recorded, "parameterGradient"), parameters);
    }

    [Theory]
    [InlineData("batch-norm")]
    [InlineData("batch-norm-plain")]
    [InlineData("batch-norm-features")]
    public void BatchNorm_AfterOneBatch_EvaluatesAsPyTorch(string name)
    {
        var recorded = Recorded.GetProperty(name);
        var training = Harness(name, recorded, trains: true);
        training.Forward(keepsState: false);
        AssertClose(Numbers(recorded, "state"), training.State);

        var evaluation = Harness(name, recorded, trains: false);
        training.State.CopyTo(evaluation.State, 0);
        AssertClose(Numbers(recorded, "evaluated"), evaluation.Forward());
    }

    private static LayerHarness Harness(string name, JsonElement recorded, bool trains)
    {
        var shape = Shape.Create([.. recorded.GetProperty("shape").EnumerateArray().Select(a => a.GetInt32())]);
        return new LayerHarness(shape, recorded.GetProperty("batch").GetInt32(), LayerCases.All[name], trains)
        {
            Inputs = Numbers(recorded, "inputs"),
            Parameters = Numbers(recorded, "parameters"),
            OutputGradient = Numbers(recorded, "outputGradient"),
        };
    }

    private static double[] Numbers(JsonElement recorded, string name) =>
        [.. recorded.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
