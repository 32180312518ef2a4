using Stepsize.Training.Faults;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Sweeps;

/// <summary>What must hold between fields, each of them alone being allowed.</summary>
internal static class SpecificationChecks
{
    /// <summary>Largest problem whose every iterate is kept.</summary>
    public const int MaximumParametersOfIterates = 64;

    /// <summary>Layers × iterations of a run whose layers are kept: 48 MB.</summary>
    public const int MaximumLayerRows = 4_000_000;

    /// <summary>The same of all runs of a sweep: 2.4 GB.</summary>
    public const int MaximumLayerRowsOfSweep = 200_000_000;

    public static void Check(SweepSpecification sweep, bool isStored, FaultList faults)
    {
        if (sweep.Workload.EstimateMemory(sweep.WorkloadOptions, sweep.BatchSize) is { IsAllowed: false } need)
        {
            // Sizes like these overflow what follows.
            faults.Add("workloadOptions", need.Refusal);
            return;
        }

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
        if (!isStored)
        {
            CheckAmounts(sweep, size, length, faults);
        }

        if (sweep.RecordIterates && size.Parameters > MaximumParametersOfIterates)
        {
            faults.Add("record", $"{sweep.Workload.Id} has {size.Parameters} parameters; iterates are kept for at most {MaximumParametersOfIterates}.");
        }

        CheckLayers(sweep, size, length, sweep.RunCount, faults);
        CheckRows(sweep, faults);
    }

    /// <summary>Each layer and iteration takes 12 bytes.</summary>
    private static void CheckLayers(SweepSpecification sweep, WorkloadSize size, long length, long runs, FaultList faults)
    {
        if (!sweep.RecordLayers)
        {
            return;
        }

        if (size.Tensors * length > MaximumLayerRows)
        {
            faults.Add(
                "record",
                $"{size.Tensors} layers and {length} iterations make {size.Tensors * length} rows a run; layers are kept for at most {MaximumLayerRows}, "
                + $"here {MaximumLayerRows / size.Tensors} iterations. Train for less, or leave record out.");
        }
        else if (size.Tensors * length * runs > MaximumLayerRowsOfSweep)
        {
            faults.Add(
                "record",
                $"{size.Tensors} layers, {length} iterations and {runs} runs make {size.Tensors * length * runs} rows; a sweep keeps at most {MaximumLayerRowsOfSweep}, "
                + $"here of {MaximumLayerRowsOfSweep / (size.Tensors * length)} runs. Record a sweep of fewer runs.");
        }
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

    /// <summary>What the whole sweep would store.</summary>
    private static void CheckAmounts(SweepSpecification sweep, WorkloadSize size, long length, FaultList faults)
    {
        var evaluations = (sweep.EvaluateAtEpochs.Count + sweep.EvaluateAtIterations.Count + 1L) * sweep.RunCount;
        if (evaluations > SpecificationLimits.MostEvaluations)
        {
            faults.Add(
                sweep.EvaluateAtEpochs.Count > 0 ? "evaluateAtEpochs" : "evaluateAtIterations",
                $"{sweep.RunCount} runs would be evaluated {evaluations} times in all; give fewer moments, so that it is at most {SpecificationLimits.MostEvaluations}.");
        }

        // As decimals: a hundred thousand runs of a hundred million iterations pass what 64 bits can count.
        var numbers = sweep.RecordIterates ? (decimal)sweep.RunCount * length * size.Parameters : 0;
        if (size.Parameters <= MaximumParametersOfIterates && numbers > SpecificationLimits.MostIterateNumbers)
        {
            faults.Add(
                "record", $"{sweep.RunCount} runs of {length} iterations have {numbers} numbers in their iterates; at most {SpecificationLimits.MostIterateNumbers} are kept. "
                + "Train shorter, give fewer runs, or leave record out.");
        }
    }

    /// <summary>Two rows of the same optimizer and options must not share a value: it would be the same run twice.</summary>
    private static void CheckRows(SweepSpecification sweep, FaultList faults)
    {
        var seen = new HashSet<(string Row, double Value)>();
        for (var i = 0; i < sweep.Optimizers.Count; i++)
        {
            var grid = sweep.Optimizers[i];
            var row = $"{grid.Optimizer.Id} {grid.Axis} {grid.Options.ToJson().ToJsonString()}";
            foreach (var value in grid.Values)
            {
                if (!seen.Add((row, value)))
                {
                    faults.Add($"optimizers[{i}].values", FormattableString.Invariant($"{grid.Optimizer.Id} with these options has the value {value} in an earlier row too; give it once."));
                }
            }
        }
    }
}
