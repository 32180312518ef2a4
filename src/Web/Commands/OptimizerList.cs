using System.CommandLine;
using Stepsize.Training.Optimizers;
using Stepsize.Web.Api.Registries;

namespace Stepsize.Web.Commands;

/// <summary><c>optimizers</c>.</summary>
internal static class OptimizerList
{
    public static Command Create() => ListCommand.Create(
        "optimizers",
        "Lists the optimizers and their options.",
        _ => OptimizerRegistry.All,
        ["optimizer", "name", "source", "axis", "options (default; allowed)"],
        o =>
        [
            o.Id, o.Title, o.Source, string.Join(", ", o.Axes.Select(RobustnessAxisName.Of)),
            string.Join('\n', o.Options.Select(p => $"{p.Id} ({Shown(p.Default)}; {p.Allowed})")),
        ],
        RegistryJson.Of);

    private static string Shown(object value) => value switch
    {
        double[] numbers => string.Join(' ', numbers),
        bool flag => flag ? "true" : "false",
        _ => $"{value}",
    };
}
