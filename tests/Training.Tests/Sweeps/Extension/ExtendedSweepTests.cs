using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;
using Xunit;

namespace Stepsize.Training.Tests.Sweeps.Extension;

public sealed class ExtendedSweepTests
{
    private static readonly SweepSpecification Sweep = SpecificationReader.Parse(
        """
        {
          "name": "Logistic", "workload": "mnist-logreg", "epochs": 5, "evaluateAtEpochs": [1, 5], "seeds": [0, 1],
          "optimizers": [ { "id": "adagrad-norm", "values": [0.1, 1] }, { "id": "sgd-constant", "values": [1, 0.1] } ]
        }
        """);

    [Fact]
    public void Of_ValuesOfARowThatIsThere_JoinIt()
    {
        var extended = Of("""{ "optimizers": [ { "id": "adagrad-norm", "values": [0.01, 1, 10] }, { "id": "sgd-constant", "values": [10] } ] }""");

        Assert.Equal([0.01, 0.1, 1, 10], extended.Specification.Optimizers[0].Values);
        Assert.Equal([1, 0.1, 10], extended.Specification.Optimizers[1].Values); // No ascending order to keep.
        Assert.False(extended.IsLonger);
        Assert.Superset(Hashes(Sweep), Hashes(extended.Specification));
    }

    [Fact]
    public void Of_OtherOptionsOrOptimizer_BecomeRows()
    {
        var extended = Of("""{ "optimizers": [ { "id": "adagrad-norm", "values": [1], "options": { "eta": 2 } }, { "id": "adaloss", "values": [3] } ] }""");

        Assert.Equal(["adagrad-norm", "sgd-constant", "adagrad-norm", "adaloss"], extended.Specification.Optimizers.Select(o => o.Optimizer.Id));
        Assert.Superset(Hashes(Sweep), Hashes(extended.Specification));
    }

    [Fact]
    public void Of_Seeds_AddsThoseThatAreNew() => Assert.Equal([0, 1, 7], Of("""{ "seeds": [1, 7] }""").Specification.Seeds);

    [Fact]
    public void Of_MoreEpochs_MeasuresWhereTheShorterRunsEnded()
    {
        var once = Of("""{ "epochs": 8 }""");
        var twice = ExtendedSweep.Of(once.Specification, ExtensionReader.Parse("""{ "epochs": 10 }"""));

        Assert.True(once.IsLonger);
        Assert.Equal(("Logistic, 10 epochs", 10), (twice.Specification.Name, twice.Specification.Epochs));
        Assert.Equal([1, 5, 8], twice.Specification.EvaluateAtEpochs);
        Assert.Empty(Hashes(Sweep).Intersect(Hashes(once.Specification)));
    }

    [Theory]
    [InlineData("""{ "epochs": 5 }""", "epochs: 5 is not more than the 5 that the sweep has; give more, or leave it out.")]
    [InlineData("""{ "iterations": 9 }""", "iterations: 9 is not allowed here: its runs are 5 epochs long; give epochs.")]
    public void Of_LengthThatDoesNotFit_SaysWhatIsAllowed(string json, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Of(json)).Message);

    [Theory]
    [InlineData("{}", "The extension adds nothing")]
    [InlineData("[]", "An extension is a JSON object")]
    [InlineData("""{ "seeds": [-1], "optimizers": [ { "id": "nothing", "values": [0] } ], "epoch": 3 }""", "seeds[0]: -1 is not allowed")]
    public void Read_Unusable_NamesTheFault(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidInputException>(() => ExtensionReader.Parse(json)).Faults.OrderByDescending(f => f.Field, StringComparer.Ordinal).First().ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_SeveralFaults_NamesEachOfThem()
    {
        var faults = Assert.Throws<InvalidInputException>(
            () => ExtensionReader.Parse("""{ "seeds": [-1], "optimizers": [ { "id": "nothing", "values": [0] } ], "epoch": 3 }""")).Faults;

        Assert.Equal(["epoch", "optimizers[0].id", "optimizers[0].values[0]", "seeds[0]"], faults.Select(f => f.Field).Order(StringComparer.Ordinal));
    }

    private static ExtendedSweep Of(string extension) => ExtendedSweep.Of(Sweep, ExtensionReader.Parse(extension));

    private static HashSet<string> Hashes(SweepSpecification sweep) => [.. sweep.Expand().Select(r => r.Hash)];
}
