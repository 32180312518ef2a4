using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Xunit;
using static Stepsize.Training.Tests.Sweeps.Specifications;

namespace Stepsize.Training.Tests.Sweeps;

public class SpecificationReaderTests
{
    [Fact]
    public void Parse_OnlyRequiredFields_FillsInDefaults()
    {
        var sweep = SpecificationReader.Parse("""{ "name": "n", "workload": "quadratic-2d", "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""");

        Assert.Equal([0], sweep.Seeds);
        Assert.Equal(sweep.Workload.DefaultBatchSize, sweep.BatchSize);
        Assert.Equal(sweep.Workload.DefaultEpochs, sweep.Epochs);
        Assert.Null(sweep.Iterations);
        Assert.True(sweep.StopWhenDiverged);
        Assert.False(sweep.RecordIterates);
        Assert.Equal(1, sweep.Optimizers[0].Options.Number("eta"));
    }

    [Fact]
    public void Parse_CommentsAndTrailingCommas_AreAllowed()
    {
        var sweep = SpecificationReader.Parse(Small.Replace("\"small\",", "\"small\", // a note", StringComparison.Ordinal).Replace("20\n", "20,\n", StringComparison.Ordinal));

        Assert.Equal(20, sweep.Iterations);
    }

    [Theory]
    [InlineData("quadratic-2d", "\"iterations\": 1500", new int[0], new[] { 150, 300, 450, 600, 750, 900, 1050, 1200, 1350 })]
    [InlineData("quadratic-2d", "\"iterations\": 7", new int[0], new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("quadratic-2d", "\"iterations\": 1", new int[0], new int[0])]
    [InlineData("mnist-logreg", "\"epochs\": 50", new[] { 5, 10, 15, 20, 25, 30, 35, 40, 45 }, new int[0])]
    [InlineData("mnist-logreg", "\"epochs\": 5, \"batchSize\": 600", new int[0], new[] { 50, 100, 150, 200, 250, 300, 350, 400, 450 })]
    [InlineData("mnist-logreg", "\"epochs\": 1, \"batchSize\": 600", new int[0], new[] { 25, 50, 75 })]
    public void Parse_NoMoments_SpreadsAboutTenOverTheLength(string workload, string length, int[] epochs, int[] iterations)
    {
        var sweep = SpecificationReader.Parse($$"""{ "name": "n", "workload": "{{workload}}", "optimizers": [ { "id": "sgd-constant", "values": [1] } ], {{length}} }""");

        Assert.Equal(epochs, sweep.EvaluateAtEpochs);
        Assert.Equal(iterations, sweep.EvaluateAtIterations);
    }

    [Theory]
    [InlineData("{ \"id\": \"sgd-konstant\", \"values\": [1] }", "optimizers[0].id", "did you mean \"sgd-constant\"?")]
    [InlineData("{ \"id\": \"sgd-constant\", \"value\": [1], \"values\": [1] }", "optimizers[0].value", "did you mean \"values\"?")]
    [InlineData("{ \"id\": \"sgd-constant\", \"values\": [1], \"options\": { \"etta\": 1 } }", "optimizers[0].options.etta", "did you mean \"eta\"?")]
    [InlineData("{ \"id\": \"sgd-constant\", \"values\": [\"0,1\"] }", "optimizers[0].values[0]", "written with a point: 0.1.")]
    public void Parse_NearlyRight_AsksWhatWasMeant(string optimizer, string field, string question) =>
        Assert.Contains(question, FaultOf(With("optimizers", $"[{optimizer}]"), field), StringComparison.Ordinal);

    [Theory]
    [InlineData("seeds", "[\"1.000\"]", "seeds[0]")]
    [InlineData("batchSize", "\"2,000\"", "batchSize")]
    public void Parse_GroupedDigits_AsksForThemWithout(string field, string json, string at) =>
        Assert.Contains("written without points, commas or spaces", FaultOf(With(field, json), at), StringComparison.Ordinal);

    [Theory]
    [InlineData("\u202e")]
    [InlineData("\u2066")]
    [InlineData("\u2028")]
    public void Parse_NameThatHidesItsDirection_IsRefusedAndCleanedWhereItIsStored(string mark)
    {
        var json = With("name", System.Text.Json.JsonSerializer.Serialize($"sweep{mark}4pm"));

        Assert.Contains($"U+{(int)mark[0]:X4}", FaultOf(json, "name"), StringComparison.Ordinal);
        Assert.Equal("sweep4pm", SpecificationReader.ParseStored(json).Name);
    }

    [Theory]
    [InlineData("evaluateAtIterations")]
    [InlineData("evaluateAtEpochs")]
    public void Parse_EmptyListOfMoments_MeasuresTheEndAlone(string field)
    {
        var sweep = SpecificationReader.Parse(With(field, "[]"));

        Assert.Empty(sweep.EvaluateAtEpochs);
        Assert.Empty(sweep.EvaluateAtIterations);
    }

    [Fact]
    public void ParseStored_NoMoments_KeepsWhatItMeantWhenItWasStored()
    {
        var stored = SpecificationReader.ParseStored(Small);
        var again = SpecificationReader.Parse(SpecificationWriter.ToJson(stored).ToJsonString());

        Assert.Empty(stored.EvaluateAtEpochs.Concat(stored.EvaluateAtIterations));
        Assert.Empty(again.EvaluateAtEpochs.Concat(again.EvaluateAtIterations));
        Assert.Equal(SpecificationReader.Parse(Small).Expand().Select(r => r.Hash), stored.Expand().Select(r => r.Hash));
    }

    [Fact]
    public void Parse_EvaluationsOutOfOrder_AreSorted() =>
        Assert.Equal([5, 10, 20], SpecificationReader.Parse(With("evaluateAtIterations", "[20, 5, 10]")).EvaluateAtIterations);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("""{ "name": NaN }""")]
    [InlineData("""{ "name": "\ud800", "workload": "quadratic-2d" }""")]
    public void Parse_NotJson_SaysSoInOneFault(string text) =>
        Assert.StartsWith("This is not valid JSON", FaultOf(text, ""), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("3")]
    [InlineData("\"quickstart\"")]
    public void Parse_JsonButNoObject_ShowsWhatAnObjectLooksLike(string text) =>
        Assert.Contains("JSON object", FaultOf(text, ""), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "name": "a", "name": "b" }""", "name")]
    [InlineData("""{ "name": "a", "optimizers": [ { "id": "sgd-constant", "values": [1], "values": [2] } ] }""", "optimizers[0].values")]
    [InlineData("""{ "name": "a", "workloadOptions": { "start": [1, 1], "start": [2, 2] }, "optimizers": [] }""", "workloadOptions.start")]
    public void Parse_FieldThereTwice_IsRefusedWhereverItIs(string text, string field) =>
        Assert.Contains("twice", FaultOf(text, field), StringComparison.Ordinal);

    [Fact]
    public void Parse_BrokenJson_SaysWhereInLinesAndColumnsFromOne() =>
        Assert.Contains("(line 2, column 3)", FaultOf("{\n  name: 1 }", ""), StringComparison.Ordinal);

    [Fact]
    public void Parse_ManyFaults_ReportsAllAtOnceWithTheirFields()
    {
        var faults = FaultsOf(
            """
            {
              "workload": "quadratic-3d",
              "optimizers": [
                { "id": "sgd-constant", "values": [0, -1, "NaN", 1, 1, 1e999, null], "options": { "eta": -1, "beta": 2 }, "colour": "red" },
                { "id": "sgd", "values": [] },
                7
              ],
              "seeds": [0, -1, 0.5, 0],
              "batchSize": 0,
              "epochs": 1, "iterations": 10,
              "stopWhenDiverged": "yes",
              "record": "everything",
              "notes": "none"
            }
            """);

        Assert.Equal(
            [
                "batchSize", "iterations", "name", "notes", "optimizers[0].colour", "optimizers[0].options.beta", "optimizers[0].options.eta",
                "optimizers[0].values[0]", "optimizers[0].values[1]", "optimizers[0].values[2]", "optimizers[0].values[4]", "optimizers[0].values[5]",
                "optimizers[0].values[6]", "optimizers[1].id", "optimizers[1].values", "optimizers[2]", "record", "seeds[1]", "seeds[2]", "seeds[3]",
                "stopWhenDiverged", "workload",
            ],
            faults.Select(f => f.Field).Order(StringComparer.Ordinal));
        Assert.All(faults, f => Assert.EndsWith(".", f.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("1e999")]
    [InlineData("-0.0")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void Parse_AxisValueThatIsNotPositiveAndFinite_NamesValueAndRule(string value)
    {
        var message = FaultOf(WithOptimizer("values", $"[1, {value}]"), "optimizers[0].values[1]");

        Assert.Contains("finite number greater than 0", message, StringComparison.Ordinal);
        Assert.StartsWith(value, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Read_AxisValueNotFiniteFromCode_IsAFaultAndNoCrash(double value)
    {
        var json = JsonNode.Parse(Small)!.AsObject();
        json["optimizers"]![0]!["values"] = new JsonArray(value);

        var fault = Assert.Single(Assert.Throws<InvalidInputException>(() => SpecificationReader.Read(json)).Faults);

        Assert.Equal("optimizers[0].values[0]", fault.Field);
    }

    [Theory]
    [InlineData("name", "\"\"", "not empty")]
    [InlineData("name", "5", "a text")]
    [InlineData("name", "\"a\\nb\"", "one line")]
    [InlineData("workload", "\"mnist\"", "quadratic-2d")]
    [InlineData("workload", "{}", "a text")]
    [InlineData("optimizers", "[]", "at least one optimizer")]
    [InlineData("optimizers", "{}", "at least one optimizer")]
    [InlineData("seeds", "[]", "at least one seed")]
    [InlineData("seeds", "3", "at least one seed")]
    [InlineData("iterations", "0", "whole number")]
    [InlineData("iterations", "1.5", "whole number")]
    [InlineData("iterations", "\"20\"", "whole number")]
    [InlineData("epochs", "5", "give one of the two")]
    [InlineData("batchSize", "2", "at most that")]
    [InlineData("workloadOptions", "[]", "an object")]
    [InlineData("evaluateAtIterations", "[21]", "past the end")]
    [InlineData("evaluateAtEpochs", "[21]", "past the end")]
    [InlineData("record", "1", "a text")]
    [InlineData("stopWhenDiverged", "1", "true or false")]
    [InlineData("Seeds", "[0]", "unknown field")]
    public void Parse_FieldThatIsNotAllowed_SaysWhatIs(string field, string json, string allowed)
    {
        var faults = FaultsOf(With(field, json));

        Assert.Contains(faults, f => (f.Field == field || (field == "epochs" && f.Field == "iterations")) && f.Message.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "start": [1] }""", "start", "2 numbers")]
    [InlineData("""{ "start": [1, "2"] }""", "start", "2 numbers")]
    [InlineData("""{ "coefficients": [0, 1] }""", "coefficients", "> 0")]
    [InlineData("""{ "centre": [0, 1] }""", "centre", "unknown option")]
    public void Parse_WorkloadOptionThatIsNotAllowed_SaysWhatIs(string options, string option, string allowed) =>
        Assert.Contains(allowed, FaultOf(With("workloadOptions", options), $"workloadOptions.{option}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("id", "\"sgd\"", "id")]
    [InlineData("axis", "\"lr\"", "axis")]
    [InlineData("axis", "\"b1\"", "axis")]
    [InlineData("options", "{ \"eta\": 0 }", "options.eta")]
    [InlineData("options", "{ \"eta\": \"1\" }", "options.eta")]
    [InlineData("options", "{ \"mu\": 0.9 }", "options.mu")]
    [InlineData("options", "[]", "options")]
    [InlineData("value", "[1]", "value")]
    public void Parse_OptimizerFieldThatIsNotAllowed_NamesIt(string field, string json, string faulty) =>
        Assert.NotEmpty(FaultOf(WithOptimizer(field, json), $"optimizers[0].{faulty}"));

    [Fact]
    public void Parse_SameRunInTwoRows_IsRefused()
    {
        const string Row = """{ "id": "sgd-constant", "values": [1, 2] }""";

        var faults = FaultsOf(With("optimizers", $"[{Row}, {Row.Replace("1, 2", "2, 3", StringComparison.Ordinal)}]"));

        Assert.Equal("optimizers[1].values", Assert.Single(faults).Field);
    }

    [Fact]
    public void Parse_SameOptimizerWithOtherOptions_IsAllowed()
    {
        var sweep = SpecificationReader.Parse(With(
            "optimizers", """[ { "id": "sgd-constant", "values": [1] }, { "id": "sgd-constant", "values": [1], "options": { "eta": 2 } } ]"""));

        Assert.Equal(4, sweep.RunCount);
    }

    [Fact]
    public void Parse_IteratesOfALargeProblem_AreRefused() =>
        Assert.Contains("at most 64", FaultOf(With("workload", "\"linreg-stochastic\"").Replace("\"iterations\"", "\"record\":\"iterates\",\"iterations\"", StringComparison.Ordinal), "record"), StringComparison.Ordinal);

    [Theory]
    [InlineData(400, 400)]
    [InlineData(50_000, 50_000)]
    public void Parse_GridOfTooManyRuns_IsRefusedAndSoon(int values, int seeds)
    {
        var text = With("seeds", $"[{string.Join(',', Enumerable.Range(0, seeds))}]")
            .Replace("[1,10]", $"[{string.Join(',', Enumerable.Range(1, values))}]", StringComparison.Ordinal);

        Assert.Contains($"{(long)values * seeds} runs", FaultOf(text, "optimizers"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RunLongerThanCanBeCounted_IsRefused()
    {
        var text = With("workload", "\"linreg-stochastic\"").Replace("\"iterations\":20", "\"epochs\":100000000", StringComparison.Ordinal);

        Assert.Contains("at most", FaultOf(text, "epochs"), StringComparison.Ordinal);
    }
}
