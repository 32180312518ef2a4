using Stepsize.Training.Comparison;
using Xunit;

namespace Stepsize.Training.Tests.Comparison;

public class TrackPairsTests
{
    [Fact]
    public void ByConfiguration_OtherOptions_AreAnotherTrack()
    {
        var a = Sweep(1, Compared.Optimizer("adagrad-norm", [1], """{ "granularity": "global" }"""), Compared.Optimizer("sgd-constant", [1]));
        var b = Sweep(2, Compared.Optimizer("sgd-constant", [1, 10]), Compared.Optimizer("adagrad-norm", [1], """{ "granularity": "neuron" }"""));

        var pairs = TrackPairs.ByConfiguration(a.Tracks, b.Tracks);

        var pair = Assert.Single(pairs.Pairs);
        Assert.Equal((1, 0), (pair.A.Row, pair.B.Row));
        Assert.Equal([0], pairs.UnmatchedA.Select(t => t.Row));
        Assert.Equal([1], pairs.UnmatchedB.Select(t => t.Row));
    }

    [Fact]
    public void ByConfiguration_DefaultsWrittenOut_AreTheSameTrack()
    {
        var pairs = TrackPairs.ByConfiguration(
            Sweep(1, Compared.Optimizer("sgd-constant", [1])).Tracks, Sweep(2, Compared.Optimizer("sgd-constant", [1], """{ "eta": 1 }""")).Tracks);

        Assert.Single(pairs.Pairs);
    }

    [Fact]
    public void AgainstBaseline_OtherAxis_IsNotComparable()
    {
        var sweep = Sweep(1, Compared.Optimizer("sgd-constant", [1]), Compared.Optimizer("adagrad-norm", [1]), Compared.Optimizer("adam", [0.1]));

        var pairs = TrackPairs.AgainstBaseline(sweep.Tracks, sweep.Tracks[0]);

        Assert.Equal([1], pairs.Pairs.Select(p => p.A.Row));
        Assert.Equal([2], pairs.UnmatchedA.Select(t => t.Row));
        Assert.Empty(pairs.UnmatchedB);
    }

    private static ComparedSweep Sweep(long id, params string[] optimizers) => Compared.Sweep(id, string.Join(", ", optimizers), []);
}
