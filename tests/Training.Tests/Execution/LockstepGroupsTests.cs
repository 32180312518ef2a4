using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

public sealed class LockstepGroupsTests
{
    [Theory]
    [InlineData(28, 1, 8, 2, "7 7 7 7")]
    [InlineData(28, 1, 8, 1, "7 7 7 7")]
    [InlineData(2, 1, 8, 2, "1 1")]
    [InlineData(1, 1, 8, 4, "1")]
    [InlineData(40, 3, 8, 16, "8 8 8 8 8 8 8 8 8 8 8 8 8 8 8")]
    [InlineData(5, 3, 8, 16, "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData(9, 2, 1, 2, "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData(10, 2, 12, 2, "10 10")]
    public void Of_RunsOfSomeSeeds_FillThreadsWithGroupsAsWideAsPays(int runs, int seeds, int width, int threads, string sizes) =>
        Assert.Equal(sizes, string.Join(' ', LockstepGroups.Of(Runs(runs, seeds), width, threads).Select(g => g.Count)));

    [Fact]
    public void Of_AnyGrid_HasEveryRunOnceAndOneSeedAGroup()
    {
        var runs = Runs(11, 3);
        var groups = LockstepGroups.Of(runs, 4, 2);
        Assert.Equal(runs, groups.SelectMany(g => g).OrderBy(r => r.Key));
        Assert.All(groups, g => Assert.Single(g.Select(r => r.Configuration.Seed).Distinct()));
    }

    [Fact]
    public void Of_RunsAfterDifferentIterations_AreApart()
    {
        var runs = Runs(6, 1);
        runs[2] = runs[2] with { ResumeFrom = new RunCheckpoint(50, [], 0) };
        runs[5] = runs[5] with { ResumeFrom = new RunCheckpoint(50, [], 0) };
        var groups = LockstepGroups.Of(runs, 8, 1);
        Assert.Equal([[0, 1, 3, 4], [2, 5]], groups.Select(g => g.Select(r => r.Key)));
    }

    [Fact]
    public void Of_NoRuns_AreNoGroups() => Assert.Empty(LockstepGroups.Of([], 8, 2));

    private static CohortRun[] Runs(int runs, int seeds)
    {
        var sweep = SpecificationReader.Parse($$"""
            { "name": "grid", "workload": "quadratic-2d", "iterations": 3, "batchSize": 1, "seeds": [{{string.Join(", ", Enumerable.Range(0, seeds))}}],
              "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", Enumerable.Range(1, runs))}}] } ] }
            """);
        return [.. sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];
    }
}
