using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Sweeps;

/// <summary>Specifications for the tests: a small one that is right, and what readers say to one that is not.</summary>
internal static class Specifications
{
    public const string Small =
        """
        {
          "name": "small",
          "workload": "quadratic-2d",
          "optimizers": [ { "id": "sgd-constant", "axis": "b0", "values": [1, 10], "options": { "eta": 1 } } ],
          "seeds": [0, 1],
          "iterations": 20
        }
        """;

    /// <summary>The small specification with one field replaced, or added.</summary>
    public static string With(string field, string json)
    {
        var specification = JsonNode.Parse(Small)!.AsObject();
        specification[field] = JsonNode.Parse(json);
        return specification.ToJsonString();
    }

    /// <summary>The small specification with one field of its optimizer replaced, or added.</summary>
    public static string WithOptimizer(string field, string json)
    {
        var specification = JsonNode.Parse(Small)!.AsObject();
        specification["optimizers"]![0]![field] = JsonNode.Parse(json);
        return specification.ToJsonString();
    }

    public static IReadOnlyList<Fault> FaultsOf(string text) =>
        Assert.Throws<InvalidInputException>(() => SpecificationReader.Parse(text)).Faults;

    /// <summary>The only fault, whose field is checked.</summary>
    public static string FaultOf(string text, string field)
    {
        var fault = Assert.Single(FaultsOf(text));
        Assert.Equal(field, fault.Field);
        return fault.Message;
    }
}
