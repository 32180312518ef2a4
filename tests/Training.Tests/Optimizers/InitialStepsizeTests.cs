using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>The initial stepsize of every registered optimizer on each axis, against the papers' rules written down once more.</summary>
public sealed class InitialStepsizeTests
{
    private const double Eta = 3;

    /// <summary>
    /// One line an optimizer and axis: s₀ of η and the axis value, and the options with which the first effective stepsize is s₀ by construction; null where it never
    /// is, because the rule divides by what it has accumulated in the first iteration.
    /// </summary>
    private static readonly Dictionary<(string Id, RobustnessAxis Axis), (Func<double, double, double> Rule, string? Exact)> Rules = new()
    {
        [("sgd-constant", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, "{}"),
        [("sgd-decaysqrt", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, """{"schedule":"multiplicative"}"""),
        [("sgd-momentum", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, "{}"),
        [("sgd-momentum", RobustnessAxis.LearningRate)] = ((_, lr) => lr, "{}"),
        [("gd-linesearch", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, null),
        [("adagrad-coordinate", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, null),
        [("adagrad-coordinate", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("rmsprop", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adam", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adagrad-norm", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, null),
        [("adagrad-norm-momentum", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, null),
        [("wngrad", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, null),
        [("adaloss", RobustnessAxis.B0)] = ((eta, b0) => eta / b0, """{"alpha":0}"""),
        [("adamloss", RobustnessAxis.B0)] = ((eta, b0) => eta / Math.Sqrt(b0), null),
        [("adam-sqrt", RobustnessAxis.B0)] = ((eta, b0) => eta / Math.Sqrt(b0), null),
        [("adalip", RobustnessAxis.LearningRate)] = ((_, lr) => lr, """{"lr_schedule":"inverse-sqrt"}"""),
        [("rmslip", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adamlip", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adalip-u", RobustnessAxis.LearningRate)] = ((_, lr) => lr, "{}"),
        [("rmslip-u", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adamlip-u", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("sgdm-ng", RobustnessAxis.LearningRate)] = ((_, lr) => lr, """{"lr_decay":"exponential"}"""),
        [("sgdm-ng-adap", RobustnessAxis.LearningRate)] = ((_, lr) => lr, "{}"),
        [("sgdm-clip", RobustnessAxis.LearningRate)] = ((_, lr) => lr, "{}"),
        [("adam-ng", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adam-ng-adap", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adam-clip", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adagrad-ng", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adagrad-clip", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
        [("adagrad-bng", RobustnessAxis.LearningRate)] = ((_, lr) => lr, null),
    };

    public static TheoryData<string, RobustnessAxis> All
    {
        get
        {
            var data = new TheoryData<string, RobustnessAxis>();
            foreach (var optimizer in OptimizerRegistry.All)
            {
                foreach (var axis in optimizer.Axes)
                {
                    data.Add(optimizer.Id, axis);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void InitialStepsize_AnyAxisValue_IsThePapersRule(string id, RobustnessAxis axis)
    {
        var optimizer = OptimizerRegistry.Find(id)!;
        var (rule, _) = Rules[(id, axis)];
        foreach (var value in new[] { 1e-6, 0.02, 1, 50, 1e6 })
        {
            var expected = rule(Eta, value);
            Assert.Equal(expected, optimizer.InitialStepsize(Settings(optimizer, axis, value, "{}")), expected * 1e-15);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void InitialStepsizeOver_AscendingAxis_GoesOneWayByItsExponent(string id, RobustnessAxis axis)
    {
        var optimizer = OptimizerRegistry.Find(id)!;
        var (rule, _) = Rules[(id, axis)];
        var over = optimizer.InitialStepsizeOver(axis);
        Assert.Equal(rule(Eta, 10) > rule(Eta, 1), over.Rises);
        Assert.Equal(Math.Log10(rule(Eta, 10) / rule(Eta, 1)), over.Exponent, 1e-12);
        Assert.Equal(axis == RobustnessAxis.LearningRate ? "lr" : over.Exponent == -1 ? "η/b₀" : "η/√b₀", over.Formula);
    }

    /// <summary>The step that is really made, on a network-like layout: its first effective stepsize to the last bit.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Step_FirstWhereNothingIsAccumulatedYet_HasTheInitialStepsize(string id, RobustnessAxis axis)
    {
        var optimizer = OptimizerRegistry.Find(id)!;
        if (Rules[(id, axis)].Exact is not { } options)
        {
            return;
        }

        foreach (var value in new[] { 0.3, 7.0 })
        {
            var settings = Settings(optimizer, axis, value, options);
            var problem = SmoothProblem.All[0];
            var stepsize = OptimizerRun.Train(optimizer.Create<double>(settings, SmoothProblem.Layout), problem.Start.ToArray(), problem, 1, 1);
            Assert.Equal(optimizer.InitialStepsize(settings), stepsize);
        }
    }

    /// <summary>Why decades are counted on s₀: with α = 0 AdamLoss is Adam with lr = s₀, to the bit.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(400)]
    public void AdamLoss_WithoutLosses_IsAdamWithItsInitialStepsize(double b0)
    {
        var adamLoss = OptimizerRegistry.Find("adamloss")!;
        var adam = OptimizerRegistry.Find("adam")!;
        var settings = Settings(adamLoss, RobustnessAxis.B0, b0, """{"alpha":0}""");
        var same = Settings(adam, RobustnessAxis.LearningRate, adamLoss.InitialStepsize(settings), """{"beta2":0.99,"epsilon_inside":true}""");
        var problem = SmoothProblem.All[1];
        var (first, second) = (problem.Start.ToArray(), problem.Start.ToArray());
        OptimizerRun.Train(adamLoss.Create<double>(settings, SmoothProblem.Layout), first, problem, 1, 30);
        OptimizerRun.Train(adam.Create<double>(same, SmoothProblem.Layout), second, problem, 1, 30);
        Assert.Equal(first, second);
    }

    private static OptimizerSettings Settings(OptimizerDefinition optimizer, RobustnessAxis axis, double value, string options)
    {
        var json = JsonNode.Parse(options)!.AsObject();
        if (axis == RobustnessAxis.B0)
        {
            json["eta"] = Eta;
        }

        return new OptimizerSettings(axis, value, OptimizerCase.Resolve(optimizer, json));
    }
}
