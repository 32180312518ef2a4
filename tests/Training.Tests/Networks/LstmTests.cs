using Stepsize.Training.Networks.Layers;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

public sealed class LstmTests
{
    [Fact]
    public void Forward_CarriedState_ContinuesTheSequence()
    {
        // A sequence of six in one pass, and in two passes of three of which the second goes on where the first ended.
        var whole = new LayerHarness([6, 2], 3, [new Lstm(4)]);
        var expected = whole.Forward();
        var parts = new LayerHarness([3, 2], 3, [new Lstm(4, carries: true)]) { Parameters = whole.Parameters };

        parts.Inputs = Times(whole.Inputs, 2, 0);
        var first = parts.Forward(keepsState: false);
        parts.StartsSequence = false;
        parts.Inputs = Times(whole.Inputs, 2, 3);
        var second = parts.Forward(keepsState: false);

        AssertClose(Times(expected, 4, 0), first);
        AssertClose(Times(expected, 4, 3), second);
    }

    [Fact]
    public void Forward_StateKept_DoesNotMove()
    {
        var harness = new LayerHarness([3, 2], 3, [new Lstm(4, carries: true)]) { StartsSequence = false };
        harness.Forward(keepsState: false);
        var state = harness.State.ToArray();
        harness.Forward(keepsState: true);

        Assert.Contains(state, s => s != 0);
        Assert.Equal(state, harness.State);
        Assert.Equal(3 * 2 * 4, state.Length);
    }

    [Fact]
    public void Backward_FromCarriedState_AgreesWithDifferences() => GradientCheck.Holds(
        [3, 2],
        2,
        [new Lstm(3, carries: true), new Lstm(2, carries: true)],
        prepare: harness =>
        {
            harness.Forward(keepsState: false);
            harness.StartsSequence = false;
        });

    private static double[] Times(double[] sequences, int features, int first) =>
        [.. sequences.Chunk(6 * features).SelectMany(s => s.Skip(first * features).Take(3 * features))];

    private static void AssertClose(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
}
