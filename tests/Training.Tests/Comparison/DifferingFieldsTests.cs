using Stepsize.Training.Comparison;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Comparison;

public class DifferingFieldsTests
{
    private static readonly string Sgd = Compared.Optimizer("sgd-constant", [1]);

    [Fact]
    public void Of_SameProtocol_IsEmpty() => Assert.Empty(DifferingFields.Of([Compared.Sweep(1, Sgd, []), Compared.Sweep(2, Sgd, [])]));

    [Fact]
    public void Of_OtherProtocol_NamesFieldsWithBothValues()
    {
        var fields = DifferingFields.Of(
        [
            Compared.Sweep(1, Sgd, [], "\"epochs\": 2, \"batchSize\": 100, \"workloadOptions\": { \"trainLimit\": 5000 }"),
            Compared.Sweep(2, Sgd, [], "\"iterations\": 70, \"batchSize\": 50, \"seeds\": [0, 1]"),
        ]);

        Assert.Equal(
            ["trainLimit: 5000 | 60000", "batch size: 100 | 50", "length: 2 epochs | 70 iterations", "seeds: 0 | 0, 1"],
            fields.Select(f => $"{f.Name}: {string.Join(" | ", f.Values)}"));
        Assert.Equal([true, true, true, false], fields.Select(f => f.IsProtocol));
    }

    [Fact]
    public void Of_OtherWorkload_SaysWhichOptionsOneDoesNotHave()
    {
        var other = new ComparedSweep([])
        {
            Id = 3,
            Specification = SpecificationReader.Parse("""{ "name": "n", "workload": "quadratic-2d", "iterations": 20, "optimizers": [{ "id": "sgd-constant", "values": [1] }] }"""),
        };

        var fields = DifferingFields.Of([Compared.Sweep(1, Sgd, []), other]);

        Assert.Contains(fields, f => f.Name == "workload" && f.Values.SequenceEqual(["mnist-logreg", "quadratic-2d"]));
        Assert.Contains(fields, f => f.Name == "trainLimit" && f.Values[1] == DifferingField.None);
    }
}
