using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests.Execution;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

/// <summary>A table from the plan of its missing runs through training to its verdicts.</summary>
public class ReproductionTests
{
    [Fact]
    public async Task Train_MissingRunsOfTheQuadratic_AgreeWithTheBookToSixDecimals()
    {
        var protocol = ProtocolRegistry.Find("d2l-adagrad-2d")!;
        var plan = MissingRuns.Of([protocol], RunIndex.Empty);
        Assert.Equal(2, plan.RunCount);

        var runs = new List<StoredRun>();
        foreach (var sweep in plan.Sweeps)
        {
            runs.AddRange(await TrainAsync(sweep));
        }

        var comparison = TableComparison.Of(protocol, new RunIndex(runs));

        Assert.Equal(4, comparison.Count(Verdict.Agrees));
        Assert.All(comparison.Cells.SelectMany(r => r), c => Assert.InRange(Math.Abs(c.Difference!.Value), 0, 5e-7));
        Assert.Empty(MissingRuns.Of([protocol], new RunIndex(runs)).Sweeps);
    }

    private static async Task<IEnumerable<StoredRun>> TrainAsync(SweepSpecification sweep)
    {
        var recorder = new MemoryRecorder();
        var cohort = sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration)).ToList();
        using var pool = new TrainingPool(1);
        await new CpuExecutor(pool, new DatasetFolders([]), TimeProvider.System).TrainAsync(Cohort.Of(sweep, cohort), recorder, CancellationToken.None);
        return cohort.Select(r => new StoredRun
        {
            SweepId = 1,
            RunId = r.Key,
            Configuration = r.Configuration,
            Outcome = recorder.Result(r.Key).Outcome,
            Evaluations = recorder.Evaluations(r.Key),
            FinalParameters = recorder.Result(r.Key).FinalParameters,
        });
    }
}
