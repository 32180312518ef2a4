using Stepsize.Data.Sweeps;
using Stepsize.Training.Papers;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Views.Papers;

/// <summary>The runs of a stored sweep as the comparison with papers takes them.</summary>
internal static class StoredRunMapping
{
    public static IReadOnlyList<StoredRun> ToStoredRuns(this SweepDetail sweep)
    {
        var specification = sweep.Specification;
        return
        [
            .. sweep.Runs.Select(run =>
            {
                var grid = specification.Optimizers[run.Row];
                return new StoredRun
                {
                    SweepId = sweep.Summary.Id,
                    RunId = run.Id,
                    Configuration = new RunConfiguration
                    {
                        Workload = specification.Workload,
                        WorkloadOptions = specification.WorkloadOptions,
                        Optimizer = grid.Optimizer,
                        Axis = grid.Axis,
                        AxisValue = run.AxisValue,
                        OptimizerOptions = grid.Options,
                        Seed = run.Seed,
                        BatchSize = specification.BatchSize,
                        Epochs = specification.Epochs,
                        Iterations = specification.Iterations,
                    },
                    Outcome = run.Outcome,
                    Evaluations = run.Evaluations,
                    EvaluateAtEpochs = specification.EvaluateAtEpochs,
                    FinalParameters = run.FinalParameters,
                    Provenance = run.Provenance,
                };
            }),
        ];
    }
}
