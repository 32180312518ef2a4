using FsCheck;
using FsCheck.Fluent;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Sweeps;

public class SpecificationWriterTests
{
    [Fact]
    public void ToJson_AnySpecification_ReadsBackAsItself()
    {
        var positive = Gen.Choose(-300, 300).Zip(Gen.Choose(1, 999_999_999), (exponent, digits) => digits * Math.Pow(10, exponent - 9.0)).Where(v => v > 0);
        var specifications =
            from values in positive.NonEmptyListOf()
            from eta in positive
            from seeds in Gen.Choose(0, int.MaxValue).NonEmptyListOf()
            from length in Gen.Choose(1, 1000)
            from inEpochs in Gen.Elements(true, false)
            from evaluation in Gen.Choose(1, length)
            from stops in Gen.Elements(true, false)
            from records in Gen.Elements("", "iterates", "layers")
            select Text(values.Distinct(), eta, seeds.Distinct(), length, inEpochs, evaluation, stops, records);

        Prop.ForAll(specifications.ToArbitrary(), text =>
        {
            var sweep = SpecificationReader.Parse(text);
            var written = SpecificationWriter.ToJson(sweep).ToJsonString();
            var again = SpecificationReader.Parse(written);

            Assert.Equal(written, SpecificationWriter.ToJson(again).ToJsonString());
            Assert.Equal(sweep.Optimizers[0].Values, again.Optimizers[0].Values);
            Assert.Equal((sweep.Name, sweep.Epochs, sweep.Iterations, sweep.BatchSize), (again.Name, again.Epochs, again.Iterations, again.BatchSize));
            Assert.Equal((sweep.StopWhenDiverged, sweep.RecordIterates, sweep.RecordLayers), (again.StopWhenDiverged, again.RecordIterates, again.RecordLayers));
            Assert.Equal(sweep.EvaluateAtEpochs, again.EvaluateAtEpochs);
            Assert.Equal(sweep.EvaluateAtIterations, again.EvaluateAtIterations);
            Assert.Equal(sweep.Expand().Select(r => r.Hash), again.Expand().Select(r => r.Hash));
        }).QuickCheckThrowOnFailure();
    }

    private static string Text(IEnumerable<double> values, double eta, IEnumerable<int> seeds, int length, bool inEpochs, int evaluation, bool stops, string records) =>
        FormattableString.Invariant(
            $$"""
            {
              "name": "any \"quoted\" η",
              "workload": "quadratic-2d",
              "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", values.Select(v => v.ToString("R")))}}], "options": { "eta": {{eta:R}} } } ],
              "seeds": [{{string.Join(", ", seeds)}}],
              "{{(inEpochs ? "epochs" : "iterations")}}": {{length}},
              "{{(inEpochs ? "evaluateAtEpochs" : "evaluateAtIterations")}}": [{{evaluation}}],
              "stopWhenDiverged": {{(stops ? "true" : "false")}}{{(records.Length > 0 ? $", \"record\": \"{records}\"" : "")}}
            }
            """);
}
