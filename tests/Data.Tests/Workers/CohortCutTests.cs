using Stepsize.Data.Workers;

namespace Stepsize.Data.Tests.Workers;

public sealed class CohortCutTests
{
    [Theory]
    [InlineData(10, 3, 1.0, "30")] // Half a minute of a thread: one cohort.
    [InlineData(500, 3, 1.0, "500,500,500")] // By seed, where two do not fit together.
    [InlineData(400, 4, 1.0, "800,800")] // Two seeds fit.
    [InlineData(2000, 2, 1.0, "666,667,667,666,667,667")] // Three pieces of a seed.
    [InlineData(12, 2, 3600.0, "4,4,4,4,4,4")] // An hour a run: never fewer than four together.
    [InlineData(5, 2, 3600.0, "2,3,2,3")]
    [InlineData(0, 0, 1.0, "")]
    public void Cut_RunsOfSomeCost_GivesPiecesOfAboutTheTarget(int values, int seeds, double seconds, string sizes)
    {
        var runs = Enumerable.Range(0, seeds).SelectMany(seed => Enumerable.Range(0, values).Select(v => ((long)(seed * values) + v, seed))).ToArray();

        var cohorts = CohortCut.Cut(runs, seconds);

        Assert.Equal(sizes, string.Join(',', cohorts.Select(c => c.Count)));
        Assert.Equal(runs.Select(r => r.Item1), cohorts.SelectMany(c => c));
    }
}
