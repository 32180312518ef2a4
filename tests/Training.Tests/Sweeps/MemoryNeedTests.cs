using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Sweeps;

public sealed class MemoryNeedTests
{
    [Theory]
    [InlineData("linreg-stochastic", """ "rows": 15000, "columns": 20000 """, "rows 15000 × columns 20000 need about 7.2 GB of memory, and at most 2.1 GB are allowed")]
    [InlineData("linreg-batch", """ "rows": 100000, "columns": 100000 """, "need about 240 GB")]
    [InlineData("two-layer-relu", """ "points": 2000, "dimension": 10000, "width": 100000 """, "points 2000, dimension 10000 and width 100000 need about")]
    [InlineData("csv-linear", """ "trainRows": 50000000, "testRows": 50000000 """, "100000000 rows of 16 features need about 41 GB")]
    [InlineData("csv-logreg", """ "trainRows": 40000000, "features": "a, b, c" """, "rows of 3 features need about")]
    [InlineData("fake-news-lstm", """ "vocabulary": 1000000, "embedding": 4096 """, "vocabulary 1000000, embedding 4096")]
    public void Parse_SizesWhoseProductIsTooLarge_AreRefusedWithTheFigure(string workload, string options, string expected)
    {
        var error = Assert.Throws<InvalidInputException>(() => Parse(workload, options));
        var fault = Assert.Single(error.Faults);
        Assert.Equal("workloadOptions", fault.Field);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains("give smaller sizes", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linreg-stochastic", """ "rows": 10000, "columns": 15000, "precision": "float" """)]
    [InlineData("linreg-stochastic", """ "rows": 50000, "columns": 1500 """)]
    [InlineData("two-layer-relu", """ "points": 1000, "dimension": 100, "width": 100000, "precision": "float" """)]
    [InlineData("csv-linear", """ "trainRows": 1000000 """)]
    public void Parse_LargeSizesThatFit_AreAllowed(string workload, string options) => Assert.Equal(workload, Parse(workload, options).Workload.Id);

    [Fact]
    public void EstimateMemory_EveryPreset_IsAllowed() => Assert.All(
        PresetRegistry.All, p => Assert.True(p.Specification.Workload.EstimateMemory(p.Specification.WorkloadOptions, p.Specification.BatchSize)?.IsAllowed ?? true, p.Id));

    private static SweepSpecification Parse(string workload, string options) => SpecificationReader.Parse(
        $$"""{ "name": "large", "workload": "{{workload}}", "workloadOptions": { {{options}} }, "optimizers": [ { "id": "sgd-constant", "values": [1] } ], "epochs": 1, "batchSize": 10 }""");
}
