using System.Text.Json.Nodes;
using Stepsize.Training.Sweeps;
using Xunit;
using static Stepsize.Training.Tests.Sweeps.Specifications;

namespace Stepsize.Training.Tests.Sweeps;

public class RunConfigurationTests
{
    [Fact]
    public void Hash_OfAKnownConfiguration_NeverChanges()
    {
        // A stored run is found again by this text; a change of it orphans every database. Options at their defaults are no part of it.
        var run = SpecificationReader.Parse(WithOptimizer("options", """{ "eta": 0.5 }""")).Expand().First();

        Assert.Equal(
            """{"workload":"quadratic-2d","workloadOptions":{},"optimizer":"sgd-constant","axis":"b0","value":1,"options":{"eta":0.5},"seed":0,"batchSize":1,"iterations":20}""",
            run.ToJson().ToJsonString());
        Assert.Equal("83dde12fcccc2fe2b9b73ce6eed535f2", run.Hash);
    }

    [Theory]
    [InlineData("workloadOptions", """{ "start": [-5, -2] }""")]
    [InlineData("workloadOptions", """{ "start": [-5.0, -2e0], "coefficients": [1e-1, 2] }""")]
    [InlineData("batchSize", "1")]
    [InlineData("name", "\"another\"")]
    [InlineData("stopWhenDiverged", "false")]
    [InlineData("evaluateAtIterations", "[3]")]
    [InlineData("record", "\"iterates\"")]
    [InlineData("optimizers", """[ { "values": [1.0, 1e1], "id": "sgd-constant" } ]""")]
    public void Hash_ChangeThatComputesTheSame_IsTheSame(string field, string json) =>
        Assert.Equal(Hashes(Small), Hashes(With(field, json)));

    [Theory]
    [InlineData("workloadOptions", """{ "start": [-5, -2.0000001] }""")]
    [InlineData("iterations", "21")]
    [InlineData("optimizers", """[ { "id": "sgd-constant", "values": [1, 10], "options": { "eta": 2 } } ]""")]
    [InlineData("optimizers", """[ { "id": "sgd-constant", "values": [1.0000000000000002, 10.000000000000002] } ]""")]
    [InlineData("seeds", "[2, 3]")]
    public void Hash_ChangeThatComputesSomethingElse_Differs(string field, string json) =>
        Assert.Empty(Hashes(Small).Intersect(Hashes(With(field, json)), StringComparer.Ordinal));

    [Fact]
    public void Hash_NegativeZero_IsZero() =>
        Assert.Equal(
            Hashes(With("workloadOptions", """{ "start": [0, 1] }""")),
            Hashes(With("workloadOptions", """{ "start": [-0.0, 1] }""")));

    [Fact]
    public void Hash_AfterWritingAndReading_IsTheSame()
    {
        var sweep = SpecificationReader.Parse(Small);

        var again = SpecificationReader.Read(JsonNode.Parse(SpecificationWriter.ToJson(sweep).ToJsonString())!.AsObject());

        Assert.Equal(sweep.Expand().Select(r => r.Hash), again.Expand().Select(r => r.Hash));
    }

    [Fact]
    public void Expand_Grid_GoesSeedBySeedThenRowByRowThenValueByValue()
    {
        var sweep = SpecificationReader.Parse(With(
            "optimizers",
            """[ { "id": "sgd-constant", "values": [10, 1] }, { "id": "sgd-constant", "values": [3], "options": { "eta": 2 } } ]"""));

        Assert.Equal(
            [(0, 1, 10), (0, 1, 1), (0, 2, 3), (1, 1, 10), (1, 1, 1), (1, 2, 3)],
            sweep.Expand().Select(r => (r.Seed, (int)r.OptimizerOptions.Number("eta"), (int)r.AxisValue)));
        Assert.Equal(6, sweep.RunCount);
        Assert.Equal(6, sweep.Expand().Select(r => r.Hash).Distinct().Count());
    }

    private static string[] Hashes(string specification) => [.. SpecificationReader.Parse(specification).Expand().Select(r => r.Hash)];
}
