using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Names for the rows of a sweep: the optimizer's id, with the options that tell it from other rows of the same optimizer.</summary>
internal static class RowLabels
{
    public static IReadOnlyList<string> Of(SweepSpecification sweep) =>
        [.. sweep.Optimizers.Select(grid => Label(grid, [.. sweep.Optimizers.Where(other => other != grid && other.Optimizer == grid.Optimizer)]))];

    private static string Label(OptimizerGrid grid, OptimizerGrid[] others)
    {
        var mine = Values(grid);
        var telling = mine.Where(option => others.Any(o => Values(o)[option.Key] != option.Value)).Select(o => $"{o.Key} {o.Value}").ToArray();
        return telling.Length == 0 ? grid.Optimizer.Id : $"{grid.Optimizer.Id} ({string.Join(", ", telling)})";
    }

    private static Dictionary<string, string> Values(OptimizerGrid grid) =>
        grid.Options.ToJson().ToDictionary(o => o.Key, o => $"{o.Value}", StringComparer.Ordinal);
}
