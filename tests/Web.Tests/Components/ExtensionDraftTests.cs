using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Components.Forms;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class ExtensionDraftTests
{
    private static readonly SweepSpecification Sweep = SpecificationReader.Parse(
        """
        {
          "name": "Logistic", "workload": "mnist-logreg", "epochs": 5, "seeds": [0],
          "optimizers": [ { "id": "adagrad-norm", "values": [0.1, 1], "options": { "eta": 2 } }, { "id": "sgd-constant", "values": [1] }, { "id": "adagrad-norm", "axis": "b0", "values": [1] } ]
        }
        """);

    [Fact]
    public void Read_ValuesOfAnAxis_GoToEveryRowThatHasIt()
    {
        var draft = new ExtensionDraft(Sweep) { Seeds = "1-3" };
        draft.Values[RobustnessAxis.B0] = "10, 100";

        var extension = draft.Read();

        Assert.Equal(Sweep.Optimizers.Where(o => o.Axis == RobustnessAxis.B0).Select(o => o.Optimizer.Id), extension.Optimizers.Select(o => o.Optimizer.Id));
        Assert.All(extension.Optimizers, o => Assert.Equal([10, 100], o.Values));
        Assert.Equal(Sweep.Optimizers[0].Options.ToJson().ToJsonString(), extension.Optimizers[0].Options.ToJson().ToJsonString());
        Assert.Equal([1, 2, 3], extension.Seeds);
    }

    [Fact]
    public void Choose_AnOptimizer_BeginsWithTheSweepsValues()
    {
        var draft = new ExtensionDraft(Sweep);
        draft.Choose("adaloss");

        Assert.Equal("0.1, 1", draft.OptimizerValues);
        Assert.Equal("adaloss", Assert.Single(draft.Read().Optimizers).Optimizer.Id);
        draft.Choose("");
        Assert.True(draft.IsEmpty);
    }

    [Fact]
    public void Read_ThingsThatAreWrong_AreSaidAtTheirFields()
    {
        var draft = new ExtensionDraft(Sweep) { Seeds = "x", Length = "many" };
        draft.Values[RobustnessAxis.B0] = "0";
        draft.Choose("adaloss");
        draft.OptimizerValues = "";

        var faults = Assert.Throws<InvalidInputException>(draft.Read).Faults;

        Assert.Equal(
            [ExtensionDraft.LengthField, ExtensionDraft.OptimizerField, ExtensionDraft.SeedsField, ExtensionDraft.FieldOf(RobustnessAxis.B0)],
            faults.Select(f => f.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Single(faults, f => f.Field == ExtensionDraft.FieldOf(RobustnessAxis.B0));
    }

    [Fact]
    public void Read_NoMoreEpochsThanThere_IsSaidAtTheLength()
    {
        var fault = Assert.Single(Assert.Throws<InvalidInputException>(() => new ExtensionDraft(Sweep) { Length = "5" }.Read()).Faults);

        Assert.Equal(ExtensionDraft.LengthField, fault.Field);
    }
}
