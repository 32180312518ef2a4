using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>Compares what is stored of two sweeps of one specification: every iteration is there once, with the same bits.</summary>
internal static class SameRuns
{
    /// <summary>Iterations that are read at a time, each a point of its own.</summary>
    private const int Window = 50_000;

    public static Task AssertAsync(JobsTestHost host, long expected, long actual) =>
        AssertAsync((host.Store, host.Curves, expected), (host.Store, host.Curves, actual));

    public static Task AssertAsync(JobsTestHost host, long expected, IServiceProvider services, long actual) => AssertAsync(
        (host.Store, host.Curves, expected), (services.GetRequiredService<ISweepStore>(), services.GetRequiredService<ICurveReader>(), actual));

    private static async Task AssertAsync((ISweepStore Store, ICurveReader Curves, long Id) expected, (ISweepStore Store, ICurveReader Curves, long Id) actual)
    {
        var token = TestContext.Current.CancellationToken;
        var (before, after) = ((await expected.Store.FindAsync(expected.Id, token))!, (await actual.Store.FindAsync(actual.Id, token))!);
        Assert.Equal(before.Runs.Count, after.Runs.Count);
        foreach (var (one, other) in before.Runs.Zip(after.Runs))
        {
            Assert.Equal(
                (one.Row, one.AxisValue, one.Seed, one.Outcome, one.Iterations, one.FirstBadIteration),
                (other.Row, other.AxisValue, other.Seed, other.Outcome, other.Iterations, other.FirstBadIteration));
            Assert.Equal(one.Evaluations, other.Evaluations);
            Assert.Equal(one.Provenance!.InitialWeights, other.Provenance!.InitialWeights);
            foreach (var column in Enum.GetValues<MetricColumn>())
            {
                for (var first = 1; first <= other.Iterations; first += Window)
                {
                    var last = Math.Min(other.Iterations, first + Window - 1);
                    var a = (await expected.Curves.ReadAsync(one.Id, column, first, last, 2 * Window, token))!;
                    var b = (await actual.Curves.ReadAsync(other.Id, column, first, last, 2 * Window, token))!;
                    Assert.Equal(other.Iterations, b.Total);
                    Assert.Equal(Enumerable.Range(first, last - first + 1), b.Iterations);
                    Assert.Equal(Bits(a), Bits(b));
                }
            }
        }
    }

    private static IEnumerable<int> Bits(Curve curve) => curve.Maximum.Select(BitConverter.SingleToInt32Bits);
}
