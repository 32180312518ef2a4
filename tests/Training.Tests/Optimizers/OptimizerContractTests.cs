using System.Numerics;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>What every registered optimizer owes to the engine, without being named here.</summary>
public sealed class OptimizerContractTests
{
    public static TheoryData<string> Ids => [.. OptimizerRegistry.All.Select(o => o.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Restore_HalfwayState_ContinuesToTheBit(string id)
    {
        foreach (var testCase in OptimizerCases.Singles.Where(c => c.Optimizer.Id == id))
        {
            RoundTrip<double>(testCase);
            RoundTrip<float>(testCase);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_TwiceFromTheStart_GivesTheSameBits(string id)
    {
        var testCase = OptimizerCases.Defaults.Single(c => c.Optimizer.Id == id);
        var problem = SmoothProblem.All[1];
        var first = problem.Start.ToArray();
        var second = problem.Start.ToArray();
        var firstStepsize = OptimizerRun.Train(testCase.Optimizer.Create<double>(testCase.Settings, SmoothProblem.Layout), first, problem, 1, 50);
        var secondStepsize = OptimizerRun.Train(testCase.Optimizer.Create<double>(testCase.Settings, SmoothProblem.Layout), second, problem, 1, 50);
        Assert.Equal(first, second);
        Assert.Equal(firstStepsize, secondStepsize);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_Warm_AllocatesNothing(string id)
    {
        foreach (var testCase in OptimizerCases.Singles.Where(c => c.Optimizer.Id == id))
        {
            var optimizer = testCase.Optimizer.Create<float>(testCase.Settings, SmoothProblem.Layout);
            var x = new float[SmoothProblem.Layout.Length];
            var g = new float[SmoothProblem.Layout.Length];
            var context = OptimizerRun.Context<float>(_ => 1, 1000);
            for (var t = 1; t <= 40; t++)
            {
                Step(t);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var t = 41; t <= 60; t++)
            {
                Step(t);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void Step(int t)
            {
                for (var j = 0; j < g.Length; j++)
                {
                    g[j] = 0.01f * (((t * 7) + (j * 13)) % 11);
                }

                context.Iteration = t;
                context.Loss = 0.5;
                optimizer.Step(x, g, context);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Options_ValuesOutsideTheRange_AreAllRefusedAtOnce(string id)
    {
        var optimizer = OptimizerRegistry.Find(id)!;
        foreach (var option in optimizer.Options)
        {
            foreach (var bad in BadValues(option))
            {
                var faults = new FaultList();
                OptionSet.Resolve(optimizer.Options, new JsonObject { [option.Id] = bad?.DeepClone(), ["no-such-option"] = 1 }, "options", faults);
                Assert.Equal(2, faults.Count);
                Assert.Contains(option.Allowed, faults.All.Single(f => f.Field == $"options.{option.Id}").Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Definition_TextsForPeople_AreThere(string id)
    {
        var optimizer = OptimizerRegistry.Find(id)!;
        Assert.All([optimizer.Title, optimizer.Source, optimizer.Summary, optimizer.Formula], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Matches(@"\(\d{4}\)|ICLR 2018", optimizer.Source);
        Assert.Contains("x_t", optimizer.Formula, StringComparison.Ordinal);
        Assert.Equal(optimizer.Formula.Count(c => c == '{'), optimizer.Formula.Count(c => c == '}'));
        Assert.All(optimizer.Options, o => Assert.Matches("^[a-z][a-z0-9_]*$", o.Id));
        Assert.Equal(optimizer.Options.Count, optimizer.Options.Select(o => o.Id).Distinct().Count());
        Assert.All(optimizer.Options, o => Assert.EndsWith(".", o.Meaning, StringComparison.Ordinal));
        Assert.True(!optimizer.Axes.Contains(RobustnessAxis.B0) || optimizer.Options.Any(o => o.Id == "eta"), "the axis b0 needs the option eta");
    }

    [Fact]
    public void Registry_Ids_AreDistinct() => Assert.Equal(OptimizerRegistry.All.Count, OptimizerRegistry.All.Select(o => o.Id).Distinct().Count());

    private static void RoundTrip<T>(OptimizerCase testCase)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var problem = SmoothProblem.All[1];
        T[] whole = [.. problem.Start.Select(T.CreateChecked)];
        var optimizer = testCase.Optimizer.Create<T>(testCase.Settings, SmoothProblem.Layout);
        OptimizerRun.Train(optimizer, whole, problem, 1, 37);
        var resumed = whole.ToArray();
        var state = new byte[optimizer.StateLength];
        optimizer.Save(state);
        var stepsize = OptimizerRun.Train(optimizer, whole, problem, 38, 60);

        var other = testCase.Optimizer.Create<T>(testCase.Settings, SmoothProblem.Layout);
        Assert.Equal(state.Length, other.StateLength);
        other.Restore(state);
        Assert.Equal(stepsize, OptimizerRun.Train(other, resumed, problem, 38, 60));
        Assert.Equal(whole, resumed);

        var before = new byte[optimizer.StateLength];
        var after = new byte[optimizer.StateLength];
        optimizer.Save(before);
        other.Save(after);
        Assert.Equal(before, after);
    }

    private static IEnumerable<JsonNode?> BadValues(OptionDefinition option)
    {
        yield return null;
        switch (option.Kind)
        {
            case OptionKind.Flag:
                yield return 1;
                yield return "true";
                break;
            case OptionKind.Choice:
                yield return "no-such-word";
                yield return true;
                break;
            case OptionKind.Numbers:
                yield return new JsonArray(1.0);
                yield return 1;
                break;
            default:
                yield return "1";
                yield return JsonNode.Parse("1e999");
                if (option.Minimum is { } low)
                {
                    yield return option.MinimumIsExclusive ? low : Math.BitDecrement(low);
                }

                if (option.Maximum is { } high)
                {
                    yield return option.MaximumIsExclusive ? high : Math.BitIncrement(high);
                }

                break;
        }
    }
}
