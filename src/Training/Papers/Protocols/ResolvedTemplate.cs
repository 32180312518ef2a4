using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Papers.Protocols;

/// <summary>A template whose names the registries know: runs can be made of it.</summary>
public sealed record ResolvedTemplate
{
    private ResolvedTemplate()
    {
    }

    public required CellTemplate Template { get; init; }

    public required Workload Workload { get; init; }

    public required OptionSet WorkloadOptions { get; init; }

    public required OptimizerDefinition Optimizer { get; init; }

    public required OptionSet OptimizerOptions { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Looks the template's names up.</summary>
    /// <param name="reason">Why it cannot be trained; empty where it can.</param>
    /// <returns>Null where it cannot.</returns>
    public static ResolvedTemplate? Of(CellTemplate template, out string reason)
    {
        reason = template.NotReproducible ?? "";
        if (template.NotReproducible is not null)
        {
            return null;
        }

        var workload = WorkloadRegistry.Find(template.Workload);
        var optimizer = OptimizerRegistry.Find(template.Optimizer);
        if (workload is null || optimizer is null)
        {
            reason = workload is null ? $"the workload {template.Workload} is not available here" : $"the optimizer {template.Optimizer} is not available here";
            return null;
        }

        var faults = new FaultList();
        var resolved = new ResolvedTemplate
        {
            Template = template,
            Workload = workload,
            WorkloadOptions = OptionSet.Resolve(workload.Options, template.WorkloadOptions, "workloadOptions", faults),
            Optimizer = optimizer,
            OptimizerOptions = OptionSet.Resolve(optimizer.Options, template.OptimizerOptions, "options", faults),
            BatchSize = template.BatchSize ?? workload.DefaultBatchSize,
        };
        if (faults.Count == 0)
        {
            optimizer.Check(resolved.OptimizerOptions, template.Axis, "options", faults);
        }

        if (!optimizer.Axes.Contains(template.Axis))
        {
            faults.Add("axis", $"{optimizer.Id} has no axis {RobustnessAxisName.Of(template.Axis)}.");
        }

        reason = faults.Count == 0 ? "" : $"its settings are not available here ({string.Join(" ", faults.All)})";
        return faults.Count == 0 ? resolved : null;
    }

    /// <summary>The run of one axis value and seed.</summary>
    public RunConfiguration Configure(double value, int seed) => new()
    {
        Workload = Workload,
        WorkloadOptions = WorkloadOptions,
        Optimizer = Optimizer,
        Axis = Template.Axis,
        AxisValue = value,
        OptimizerOptions = OptimizerOptions,
        Seed = seed,
        BatchSize = BatchSize,
        Epochs = Template.Length.Epochs,
        Iterations = Template.Length.Iterations,
    };

    /// <summary>All runs behind the cell: every axis value with seeds from 0.</summary>
    public IEnumerable<RunConfiguration> Expand() =>
        from seed in Enumerable.Range(0, Template.Runs)
        from value in Template.Values
        select Configure(value, seed);
}
