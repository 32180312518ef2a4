using Stepsize.Data.Workers;

namespace Stepsize.Data.Tests.Workers;

public sealed class CohortCutTests
{
    [Theory]
    [InlineData(10, 3, 0.3, 9, "30")] // Nine seconds of a thread: one cohort, however many could share it.
    [InlineData(10, 3, 1.0, 1, "10,10,10")] // Half a minute, two cohorts for a worker: no two seeds fit into 15 s.
    [InlineData(10, 4, 1.0, 1, "20,20")]
    [InlineData(500, 3, 1.0, 1, "500,500,500")] // 750 s each hold a seed, and not two.
    [InlineData(4000, 2, 1.0, 1, "800,800,800,800,800,800,800,800,800,800")] // Never more than 960 s.
    [InlineData(12, 2, 3600.0, 1, "4,4,4,4,4,4")] // An hour a run: never fewer than four together.
    [InlineData(5, 2, 3600.0, 1, "2,3,2,3")]
    [InlineData(60, 1, 1.0, 3, "10,10,10,10,10,10")]
    [InlineData(0, 0, 1.0, 1, "")]
    public void Cut_RunsOfSomeCost_GivesPiecesOfAboutTheTarget(int values, int seeds, double seconds, int workers, string sizes)
    {
        var runs = Enumerable.Range(0, seeds).SelectMany(seed => Enumerable.Range(0, values).Select(v => ((long)(seed * values) + v, seed))).ToArray();

        var cohorts = CohortCut.Cut(runs, seconds, workers);

        Assert.Equal(sizes, string.Join(',', cohorts.Select(c => c.Count)));
        Assert.Equal(runs.Select(r => r.Item1), cohorts.SelectMany(c => c));
    }
}
