using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

public sealed class OptionsThatDoNotGoTogetherTests
{
    [Theory]
    [InlineData("sgd-decaysqrt", "b0", """{"schedule":"multiplicative","c_s":1,"alpha":2}""", "c_s,alpha")]
    [InlineData("sgd-decaysqrt", "b0", """{"alpha":2}""", "alpha")]
    [InlineData("sgd-decaysqrt", "b0", """{"alpha":2,"weight_decay_scale":"eta"}""", "alpha,weight_decay_scale")]
    [InlineData("sgd-constant", "b0", """{"weight_decay_scale":"eta"}""", "weight_decay_scale")]
    [InlineData("sgd-momentum", "lr", """{"eta":2,"lr_decay_factor":0.5}""", "eta,lr_decay_factor")]
    [InlineData("adam", "lr", """{"lr_decay":"exponential","lr_decay_epochs":[1,2]}""", "lr_decay_epochs")]
    [InlineData("adam-ng", "lr", """{"lr_decay":"step","lr_decay_epochs":[20,10]}""", "lr_decay_epochs")]
    [InlineData("adaloss", "b0", """{"theorem3":true,"c":1}""", "c")]
    [InlineData("adalip", "lr", """{"c":"theoretical","c_constant":1e-6}""", "c_constant")]
    public void Check_OptionWithoutEffect_IsRefusedWithAllOthers(string id, string axis, string options, string refused)
    {
        var optimizer = OptimizerRegistry.Find(id)!;
        var faults = new FaultList();
        optimizer.Check(OptimizerCase.Resolve(optimizer, JsonNode.Parse(options)!.AsObject()), RobustnessAxisName.Parse(axis)!.Value, "options", faults);
        Assert.Equal(refused.Split(',').Select(o => "options." + o), faults.All.Select(f => f.Field));
        Assert.All(faults.All, f => Assert.EndsWith(".", f.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Check_Defaults_AreAllowed(string id)
    {
        var optimizer = OptimizerRegistry.Find(id)!;
        var faults = new FaultList();
        Assert.All(optimizer.Axes, axis => optimizer.Check(OptimizerCase.Resolve(optimizer, []), axis, "options", faults));
        Assert.Empty(faults.All);
    }

    public static TheoryData<string> Ids => [.. OptimizerRegistry.All.Select(o => o.Id)];
}
