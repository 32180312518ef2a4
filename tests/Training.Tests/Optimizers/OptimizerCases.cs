using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>One optimizer, axis, axis value and set of options to test.</summary>
internal sealed record OptimizerCase(OptimizerDefinition Optimizer, RobustnessAxis Axis, double Value, JsonObject Options)
{
    public OptimizerSettings Settings => new(Axis, Value, Resolve(Optimizer, Options));

    public override string ToString() => FormattableString.Invariant($"{Optimizer.Id} {RobustnessAxisName.Of(Axis)}={Value} {Options.ToJsonString()}");

    public static OptionSet Resolve(OptimizerDefinition optimizer, JsonObject options)
    {
        var faults = new FaultList();
        var set = OptionSet.Resolve(optimizer.Options, options, "options", faults);
        faults.ThrowIfAny();
        return set;
    }
}

/// <summary>
/// Cases for every registered optimizer, found from its definition: each axis with the defaults, each other word of a choice, each flag turned over, each
/// number changed; and all pairs of those that the optimizer's own check admits.
/// </summary>
internal static class OptimizerCases
{
    /// <summary>Stepsizes so small that 100 iterates stay where rounding errors do not grow.</summary>
    private const double Eta = 0.02;
    private const double LearningRate = 0.004;

    public static IReadOnlyList<OptimizerCase> All { get; } = [.. OptimizerRegistry.All.SelectMany(Of)];

    /// <summary>Those with at most one option changed.</summary>
    public static IReadOnlyList<OptimizerCase> Singles { get; } = [.. All.Where(c => c.Options.Count(o => o.Key != "eta") <= 1)];

    /// <summary>Each optimizer's usual axis with default options.</summary>
    public static IReadOnlyList<OptimizerCase> Defaults { get; } = [.. OptimizerRegistry.All.Select(o => All.First(c => c.Optimizer == o))];

    private static IEnumerable<OptimizerCase> Of(OptimizerDefinition optimizer)
    {
        foreach (var axis in optimizer.Axes)
        {
            foreach (var changes in Subsets([.. optimizer.Options.SelectMany(o => Changes(o).Select(value => (o.Id, value)))]))
            {
                var options = axis == RobustnessAxis.B0 ? new JsonObject { ["eta"] = Eta } : [];
                foreach (var (id, value) in changes)
                {
                    options[id] = value.DeepClone();
                }

                var faults = new FaultList();
                optimizer.Check(OptimizerCase.Resolve(optimizer, options), axis, "options", faults);
                if (faults.Count == 0)
                {
                    yield return new OptimizerCase(optimizer, axis, axis == RobustnessAxis.B0 ? 1 : LearningRate, options);
                }
            }
        }
    }

    /// <summary>None, each one, and each two that change different options.</summary>
    private static IEnumerable<(string Id, JsonNode Value)[]> Subsets((string Id, JsonNode Value)[] changes)
    {
        yield return [];
        for (var i = 0; i < changes.Length; i++)
        {
            yield return [changes[i]];
            for (var j = i + 1; j < changes.Length; j++)
            {
                if (changes[j].Id != changes[i].Id)
                {
                    yield return [changes[i], changes[j]];
                }
            }
        }
    }

    private static IEnumerable<JsonNode> Changes(OptionDefinition option) => option.Kind switch
    {
        OptionKind.Flag => [JsonValue.Create(!(bool)option.Default)],
        OptionKind.Choice => option.Choices.Where(c => c != (string)option.Default).Select(c => (JsonNode)JsonValue.Create(c)),
        OptionKind.Number => [JsonValue.Create(Changed((double)option.Default, option))],
        OptionKind.Numbers => [new JsonArray([.. ((double[])option.Default).Select(n => (JsonNode)JsonValue.Create(n / 4))])],
        _ => throw new NotSupportedException($"Say how to change the option {option.Id}."),
    };

    private static double Changed(double value, OptionDefinition option) =>
        option.Id == "eta" ? 1.25 * Eta
        : value == 0 ? 0.03
        : option.Maximum is { } high ? value + ((high - value) / 3)
        : value * 1.25;
}
