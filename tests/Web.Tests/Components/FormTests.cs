using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Training.Workloads;
using Stepsize.Web.Components.Forms;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class FormTests
{
    public static TheoryData<string> Presets => [.. PresetRegistry.All.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Of_EveryPreset_GivesTheSameSweepBack(string id)
    {
        var preset = PresetRegistry.Find(id)!.Specification;

        var check = CheckedDraft.Of(SweepDraft.Of(preset));

        Assert.Empty(check.Faults);
        Assert.Equal(SpecificationWriter.ToJson(preset).ToJsonString(), SpecificationWriter.ToJson(check.Sweep!).ToJsonString());
    }

    [Fact]
    public void Default_AsItIs_CanBeStarted() => Assert.Empty(CheckedDraft.Of(SweepDraft.Default()).Faults);

    [Fact]
    public void Of_EveryWorkloadWithEveryOptimizer_HasDefaultsThatAreAllowed()
    {
        foreach (var workload in WorkloadRegistry.All)
        {
            foreach (var optimizer in OptimizerRegistry.All)
            {
                var draft = new SweepDraft(workload);
                draft.Rows.Add(new RowDraft(optimizer));
                Assert.True(CheckedDraft.Of(draft).Sweep is not null || IsRefusedForGoodReason(draft), $"{optimizer.Id} on {workload.Id}");
            }
        }

        // Line search wants whole batches; no default of the form alone can know that.
        static bool IsRefusedForGoodReason(SweepDraft draft) => CheckedDraft.Of(draft).At("batchSize").Count > 0;
    }

    [Fact]
    public void Of_ManyThingsWrong_FindsEachAtItsField()
    {
        var draft = SweepDraft.Default();
        draft.Name = "";
        draft.Seeds = "0, x";
        draft.BatchSize = "0";
        draft.Length = "two";
        draft.Rows[0].From = "0";
        draft.Rows[1].SetMode(isRange: false);
        draft.Rows[1].List = "1, NaN, -2";

        var check = CheckedDraft.Of(draft);

        Assert.Null(check.Sweep);
        Assert.Single(check.At("name"));
        Assert.Single(check.At("seeds"));
        Assert.Single(check.At("batchSize"));
        Assert.Single(check.At("epochs"));
        Assert.Equal("\"0\" is not allowed; give a finite number greater than 0.", Assert.Single(check.At("optimizers[0]")).Message);
        Assert.Equal(["optimizers[1].values[1]", "optimizers[1].values[2]"], check.At("optimizers[1].values").Select(f => f.Field));
        Assert.Equal(7, check.Faults.Count);
    }

    [Fact]
    public void At_TenthRow_IsNotTakenForTheFirst()
    {
        var check = CheckedDraft.Refused([new Fault("optimizers[10].values", "x")]);

        Assert.Empty(check.At("optimizers[1]"));
        Assert.Single(check.At("optimizers[10]"));
    }

    [Theory]
    [InlineData("0-3", "[0,1,2,3]")]
    [InlineData("0, 2;5 7", "[0,2,5,7]")]
    [InlineData("", "[]")]
    [InlineData("a-b", "[\"a-b\"]")]
    [InlineData("0-999999999", "[\"0-999999999\"]")]
    public void Seeds_AsTyped_BecomeAList(string typed, string expected)
    {
        var draft = SweepDraft.Default();
        draft.Seeds = typed;

        Assert.Equal(expected, draft.ToJson(new FaultList())["seeds"]!.ToJsonString());
    }

    [Theory]
    [InlineData("1.000", "\"1.000\"")]
    [InlineData("2,5", "\"2,5\"")]
    [InlineData("007", "\"007\"")]
    [InlineData("1e4", "10000")]
    [InlineData("12", "12")]
    public void Length_AsTyped_IsANumberWhereItCanBeNoOther(string typed, string expected)
    {
        var draft = SweepDraft.Default();
        draft.Length = typed;

        Assert.Equal(expected, draft.ToJson(new FaultList())["epochs"]!.ToJsonString());
    }

    [Theory]
    [InlineData("0.1, 0.5, 1", "[0.1,0.5,1]")]
    [InlineData("1,10,100", "[1,10,100]")]
    [InlineData("0.1;0.5 1", "[0.1,0.5,1]")]
    [InlineData("0,1; 0,5; 1", "[\"0,1\",\"0,5\",1]")]
    [InlineData("1, 2,5", "[1,\"2,5\"]")]
    public void List_AsTyped_KeepsWhatCouldBeADecimalCommaAsText(string typed, string expected)
    {
        var row = new RowDraft(OptimizerRegistry.Find("sgd-constant")!) { IsRange = false, List = typed };

        Assert.Equal(expected, row.ToJson("", new FaultList())["values"]!.ToJsonString());
    }

    [Theory]
    [InlineData("seeds[2]", "Seeds, entry 3")]
    [InlineData("optimizers[1].values[0]", "Optimizer 2 (AdaGrad-Norm), values, entry 1")]
    [InlineData("optimizers[7].options.eta", "Optimizer 8, options, eta")]
    [InlineData("evaluateAtEpochs", "Evaluate after epochs")]
    [InlineData("", "")]
    public void LabelOf_Field_IsInTheWordsOfTheForm(string field, string expected) =>
        Assert.Equal(expected, FieldText.LabelOf(field, ["SGD constant", "AdaGrad-Norm"]));

    [Fact]
    public void LineOf_Fields_IsWhereTheyStandOrWhatTheyAreIn()
    {
        var places = JsonPlaces.Of("{ \"name\": \"n\", // a note\n  \"optimizers\": [\n    { \"id\": \"a\" },\n    { \"id\": \"b\",\n      \"values\": [1,\n 2] } ],\n }");

        Assert.Equal(1, places.LineOf("name"));
        Assert.Equal(3, places.LineOf("optimizers[0].id"));
        Assert.Equal(3, places.LineOf("optimizers[0].values"));
        Assert.Equal(4, places.LineOf("optimizers[1]"));
        Assert.Equal(6, places.LineOf("optimizers[1].values[1]"));
        Assert.Null(places.LineOf("seeds"));
        Assert.Equal(["a", "b"], places.OptimizerIds);
        Assert.Equal(1, JsonPlaces.Of("{ \"name\": ").LineOf("name"));
    }

    [Fact]
    public void SetMode_RangeToList_KeepsTheValues()
    {
        var row = new RowDraft(OptimizerRegistry.Find("sgd-constant")!) { From = "0.1", To = "10", Count = "3" };

        row.SetMode(isRange: false);

        Assert.Equal("0.1, 1, 10", row.List);
    }

    [Fact]
    public void Choose_AnotherWorkload_TakesItsDefaultsAndKeepsAChangedName()
    {
        var draft = SweepDraft.Default();
        draft.Name = "mine";

        draft.Choose(WorkloadRegistry.Find("quadratic-2d")!);

        Assert.Equal("mine", draft.Name);
        Assert.Equal("1", draft.BatchSize);
        Assert.Contains(draft.WorkloadOptions.Definitions, d => d.Id == "coefficients");
    }

    [Fact]
    public void SpecificationText_Lists_StandOnOneLine()
    {
        var text = SpecificationText.Of(SpecificationWriter.ToJson(Specifications.Small));

        Assert.Contains("\"values\": [0.01, 1, 100]", text, StringComparison.Ordinal);
        Assert.Equal(SpecificationWriter.ToJson(Specifications.Small).ToJsonString(), SpecificationWriter.ToJson(SpecificationReader.Parse(text)).ToJsonString());
    }

    [Fact]
    public void Of_EarlierRuns_ScaleWithIterationsAndBatch()
    {
        var sweep = Specifications.Small;
        var iterations = sweep.IterationsPerRun(sweep.Workload.Measure(sweep.WorkloadOptions));

        var estimate = new DurationEstimator(threads: 4).Of(sweep, secondsPerExample: 1e-6);

        // Twelve runs on four threads are three rounds.
        Assert.Equal(3 * iterations * 600 * 1e-6, estimate.Span.TotalSeconds, 1e-6);
        Assert.True(estimate.IsMeasured);
    }

    [Fact]
    public async Task MeasureAsync_FinishedRuns_GiveTheirPace()
    {
        var store = new FakeSweepStore();
        store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var pace = await DurationEstimator.MeasureAsync(Specifications.Small, store, onTorch: false, TestContext.Current.CancellationToken);

        // Each finished run took 1.5 s for 300 iterations of 600 examples.
        Assert.Equal(1.5 / (300 * 600), pace!.Value, 1e-12);
    }
}
