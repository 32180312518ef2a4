using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Makes sweeps with results that follow a simple rule: accuracy falls off around a best value, and tiny values diverge.</summary>
internal static class FakeSweep
{
    public static readonly DateTimeOffset Created = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="finished">How many runs, in the order of the grid, have ended; the next two are running.</param>
    public static SweepDetail Of(long id, SweepSpecification sweep, int finished)
    {
        var planned = sweep.IterationsPerRun(sweep.Workload.Measure(sweep.WorkloadOptions));
        RunRow[] runs = [.. sweep.Expand().Select((configuration, index) => Row(id, index, sweep, configuration, planned, finished))];
        var done = runs.Count(r => r.Status == RunStatus.Finished);
        return new SweepDetail
        {
            Specification = sweep,
            Runs = runs,
            Summary = new SweepSummary
            {
                Id = id,
                Name = sweep.Name,
                Workload = sweep.Workload.Id,
                Status = done == 0 ? SweepStatus.Queued : done == runs.Length ? SweepStatus.Completed : SweepStatus.Running,
                Runs = runs.Length,
                RunsFinished = done,
                RunsDiverged = runs.Count(r => r.Outcome == RunOutcome.Diverged),
                RunsFailed = runs.Count(r => r.Outcome == RunOutcome.Failed),
                Progress = runs.Average(r => (double)r.Iterations / planned),
                CreatedAt = Created,
                StartedAt = done == 0 ? null : Created.AddSeconds(1),
                FinishedAt = done == runs.Length ? Created.AddSeconds(42) : null,
                Remaining = done == 0 || done == runs.Length ? null : TimeSpan.FromSeconds(2 * (runs.Length - done)),
            },
        };
    }

    private static RunRow Row(long sweepId, int index, SweepSpecification sweep, RunConfiguration configuration, int planned, int finished)
    {
        var row = sweep.Optimizers.Select((o, i) => (o, i)).First(x => ReferenceEquals(x.o.Options, configuration.OptimizerOptions)).i;
        var run = new RunRow
        {
            Id = (sweepId * 1000) + index,
            Row = row,
            AxisValue = configuration.AxisValue,
            Seed = configuration.Seed,
            ConfigurationHash = configuration.Hash,
            Status = index < finished ? RunStatus.Finished : index < finished + 2 && finished > 0 ? RunStatus.Running : RunStatus.Queued,
            Iterations = index < finished ? planned : index < finished + 2 && finished > 0 ? planned / 3 : 0,
            IterationsPlanned = planned,
            Seconds = index < finished ? 1.5 : 0,
            Evaluations = [],
            Provenance = index < finished + 2
                ? new RunProvenance("cpu 0.1.0", "CPU, AVX2", new Dictionary<string, string>(StringComparer.Ordinal) { ["train"] = new('a', 64) }, new string('b', 64))
                : null,
        };
        if (index >= finished)
        {
            return run;
        }

        if (row == 0 && configuration.AxisValue < 0.05)
        {
            return run with { Outcome = RunOutcome.Diverged, FirstBadIteration = 37, Iterations = 37 };
        }

        var distance = Math.Abs(Math.Log10(configuration.AxisValue) + 1.5 - row);
        var accuracy = 0.96 - (0.012 * distance * distance * (1 + (2.0 / (row + 1)))) + (0.002 * configuration.Seed);
        var regression = sweep.Workload.Id is "quadratic-2d" or "linreg-stochastic";
        return run with
        {
            Outcome = RunOutcome.Finished,
            Evaluations =
            [
                .. sweep.EvaluateAtEpochs.Where(e => e * (planned / (sweep.Epochs ?? 1)) < planned)
                    .Select(e => new EvaluationPoint(e * (planned / (sweep.Epochs ?? 1)), e, At(accuracy - 0.05, regression))),
                new EvaluationPoint(planned, sweep.Epochs ?? 1, At(accuracy, regression)),
            ],
        };
    }

    private static Evaluation At(double accuracy, bool regression) => regression
        ? new Evaluation(Math.Pow(10, -20 * accuracy), GradientNorm: Math.Pow(10, -8 * accuracy))
        : new Evaluation(1.2 - accuracy, accuracy + 0.01, 1.25 - accuracy, accuracy);
}
