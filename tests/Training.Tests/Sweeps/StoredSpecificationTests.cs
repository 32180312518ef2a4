using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Sweeps;

/// <summary>What was stored before there was an option goes on meaning what was computed then, and is found under the same hash.</summary>
public sealed class StoredSpecificationTests
{
    /// <summary>Hashes are SHA-256 of the canonical forms of that time, computed apart from the program.</summary>
    [Theory]
    [InlineData(
        """ "workload": "linreg-stochastic", "optimizers": [ { "id": "adagrad-norm", "values": [1], "options": { "eta": 650, "granularity": "global" } } ], "batchSize": 20, "iterations": 5000 """,
        "float", "ca23cafba57a27374653937d4c0eb4ff")]
    [InlineData(
        """ "workload": "linreg-stochastic", "workloadOptions": { "columns": 10 }, "optimizers": [ { "id": "sgd-constant", "values": [1] } ], "batchSize": 20, "iterations": 10 """,
        "double", "b2b5206df8c0c53d86375ed3fa5ca155")]
    [InlineData(
        """ "workload": "two-layer-relu", "optimizers": [ { "id": "adaloss", "values": [1] } ], "batchSize": 100, "iterations": 500 """,
        "float", "d96eb944ce6005703b0278eda75429d4")]
    [InlineData(
        """ "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 1000 }, "optimizers": [ { "id": "sgd-constant", "values": [1] } ], "batchSize": 256, "epochs": 5 """,
        "float", "adce083c2f3c60e960d00942e308b966")]
    [InlineData(
        """ "workload": "csv-linear", "optimizers": [ { "id": "sgd-constant", "values": [1] } ], "batchSize": 10, "epochs": 20 """,
        "by-size", "f6690dea0a290da5aac58f1fba71ea5d")]
    [InlineData(
        """ "workload": "airfoil-linear", "optimizers": [ { "id": "sgd-constant", "values": [1] } ], "batchSize": 10, "epochs": 2 """,
        "double", "21c4aaff5945137a0ef46bf856bc4f50")]
    public void ParseStored_FormWithoutTheOption_MeansWhatWasComputed(string fields, string precision, string hash)
    {
        var sweep = SpecificationReader.ParseStored($$"""{ "name": "old", {{fields}} }""");
        Assert.Equal(precision, sweep.WorkloadOptions.Choice("precision"));
        Assert.Equal(hash, Assert.Single(sweep.Expand()).Hash);

        // Once written by this version the option is there, and reading it either way gives the same runs.
        var written = SpecificationWriter.ToJson(sweep).ToJsonString();
        Assert.Equal(hash, Assert.Single(SpecificationReader.ParseStored(written).Expand()).Hash);
        Assert.Equal(hash, Assert.Single(SpecificationReader.Parse(written).Expand()).Hash);
    }

    [Theory]
    [InlineData("linreg-stochastic", "double", false)]
    [InlineData("linreg-batch", "double", false)]
    [InlineData("two-layer-relu", "double", false)]
    [InlineData("csv-linear", "double", false)]
    [InlineData("csv-logreg", "double", false)]
    [InlineData("airfoil-linear", "double", true)]
    [InlineData("quadratic-2d", "double", true)]
    [InlineData("mnist-fulconn2", "float", true)]
    [InlineData("fake-news-lstm", "float", true)]
    [InlineData("cifar10-resnet18", "float", true)]
    public void Parse_NewSweepWithoutTheOption_HasItsDefault(string workload, string precision, bool isOldRun)
    {
        var json = $$"""{ "name": "new", "workload": "{{workload}}", "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""";
        var sweep = SpecificationReader.Parse(json);
        Assert.Equal(precision, sweep.WorkloadOptions.Choice("precision"));
        Assert.Equal(isOldRun, sweep.Expand().Single().Hash == SpecificationReader.ParseStored(json).Expand().Single().Hash);
    }

    /// <summary>Networks that were corrected: stored runs are those of the network as it was.</summary>
    [Theory]
    [InlineData("rotten-tomatoes-cnn", "filters", "128", "100")]
    [InlineData("adalip-cifar100", "biases", "False", "True")]
    public void ParseStored_NetworkThatWasCorrected_IsTheOldOne(string workload, string option, string old, string now)
    {
        var json = $$"""{ "name": "new", "workload": "{{workload}}", "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""";
        var (stored, parsed) = (SpecificationReader.ParseStored(json), SpecificationReader.Parse(json));
        Assert.Equal((old, now), (stored.WorkloadOptions.Values[option].ToString(), parsed.WorkloadOptions.Values[option].ToString()));
        Assert.DoesNotContain(option, stored.Expand().Single().ToJson().ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(option, parsed.Expand().Single().ToJson().ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ParseStored_ValueThatIsThere_IsTaken()
    {
        var sweep = SpecificationReader.ParseStored(
            """{ "name": "new", "workload": "linreg-batch", "workloadOptions": { "precision": "double" }, "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""");
        Assert.Equal("double", sweep.WorkloadOptions.Choice("precision"));
    }

    [Theory]
    [InlineData("quadratic-2d", "precision", "\"half\"", "one of double, float")]
    [InlineData("mnist-logreg", "precision", "32", "one of float, double")]
    [InlineData("csv-linear", "precision", "\"single\"", "one of double, float, by-size")]
    [InlineData("linreg-batch", "lastBatch", "true", "one of dropped, used")]
    [InlineData("linreg-batch", "lastBatch", "\"padded\"", "one of dropped, used")]
    [InlineData("quadratic-2d", "lastBatch", "\"used\"", "allowed: coefficients, start, precision")]
    [InlineData("ptb-lstm", "lastBatch", "\"used\"", "allowed: bptt, trainPart, precision")]
    public void Parse_OptionOutOfRange_SaysWhatIsAllowed(string workload, string option, string value, string allowed)
    {
        var error = Assert.Throws<InvalidInputException>(() => SpecificationReader.Parse(
            $$"""{ "name": "new", "workload": "{{workload}}", "workloadOptions": { "{{option}}": {{value}} }, "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }"""));
        var fault = Assert.Single(error.Faults);
        Assert.Equal($"workloadOptions.{option}", fault.Field);
        Assert.Contains(allowed, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImpliedBy_OptionWithoutAPast_IsItsDefault()
    {
        var option = OptionDefinition.Number("x", 3, "x.");
        Assert.Equal(3.0, option.ImpliedBy(OptionSet.Empty));
        Assert.True(option.IsImplied(3.0, OptionSet.Empty));
        Assert.False(option.IsImplied(4.0, OptionSet.Empty));
    }
}
