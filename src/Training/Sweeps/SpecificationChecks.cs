using Stepsize.Training.Faults;

namespace Stepsize.Training.Sweeps;

/// <summary>What must hold between fields, each of them alone being allowed.</summary>
internal static class SpecificationChecks
{
    /// <summary>Largest problem whose every iterate is kept.</summary>
    public const int MaximumParametersOfIterates = 64;

    public static void Check(SweepSpecification sweep, FaultList faults)
    {
        var size = sweep.Workload.Measure(sweep.WorkloadOptions);
        if (sweep.BatchSize > size.TrainingExamples)
        {
            faults.Add("batchSize", $"{sweep.BatchSize} is more than the {size.TrainingExamples} training examples of {sweep.Workload.Id}; give at most that.");
        }

        var length = sweep.Iterations ?? (long)sweep.Epochs!.Value * sweep.IterationsPerEpoch(size);
        if (length > int.MaxValue)
        {
            faults.Add("epochs", $"{sweep.Epochs} epochs are {length} iterations a run; give at most {int.MaxValue / sweep.IterationsPerEpoch(size)} epochs.");
        }

        CheckEvaluations(sweep, sweep.IterationsPerEpoch(size), length, faults);
        var runs = sweep.Optimizers.Sum(o => (long)o.Values.Count) * sweep.Seeds.Count;
        if (runs > SpecificationReader.MaximumRuns)
        {
            faults.Add("optimizers", $"the grid has {runs} runs; give at most {SpecificationReader.MaximumRuns}.");
        }

        if (sweep.RecordIterates && size.Parameters > MaximumParametersOfIterates)
        {
            faults.Add("record", $"{sweep.Workload.Id} has {size.Parameters} parameters; iterates are kept for at most {MaximumParametersOfIterates}.");
        }

        CheckRows(sweep, faults);
    }

    private static void CheckEvaluations(SweepSpecification sweep, int iterationsPerEpoch, long length, FaultList faults)
    {
        var epochs = length / iterationsPerEpoch;
        foreach (var epoch in sweep.EvaluateAtEpochs.Where(e => e > epochs))
        {
            faults.Add("evaluateAtEpochs", $"{epoch} is past the end of a run, which has {epochs} epochs; leave it out or train longer.");
        }

        foreach (var iteration in sweep.EvaluateAtIterations.Where(i => i > length))
        {
            faults.Add("evaluateAtIterations", $"{iteration} is past the end of a run, which has {length} iterations; leave it out or train longer.");
        }
    }

    /// <summary>Two rows of the same optimizer and options must not share a value: it would be the same run twice.</summary>
    private static void CheckRows(SweepSpecification sweep, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sweep.Optimizers.Count; i++)
        {
            var grid = sweep.Optimizers[i];
            foreach (var value in grid.Values)
            {
                if (!seen.Add(FormattableString.Invariant($"{grid.Optimizer.Id} {grid.Axis} {grid.Options.ToJson().ToJsonString()} {value:R}")))
                {
                    faults.Add($"optimizers[{i}].values", FormattableString.Invariant($"{grid.Optimizer.Id} with these options has the value {value} in an earlier row too; give it once."));
                }
            }
        }
    }
}
