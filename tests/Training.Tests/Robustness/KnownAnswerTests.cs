using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Robustness;

/// <summary>Answers that are known from results seen: final test accuracies of the quickstart, and of Adam beside AdamLoss without its loss.</summary>
public class KnownAnswerTests
{
    private static readonly double[] Axis = [0.001, 0.01, 0.1, 1, 10, 100, 1000];

    private static readonly double[][] Quickstart =
    [
        [0.0980, 0.0982, 0.0980, 0.9582, 0.9124, 0.8075, 0.2768],
        [0.9161, 0.9260, 0.9317, 0.9411, 0.9078, 0.8049, 0.2764],
        [0.6838, 0.4844, 0.0980, 0.9620, 0.9124, 0.8075, 0.2768],
        [0.9493, 0.9512, 0.9462, 0.9574, 0.9123, 0.8075, 0.2768],
    ];

    [Fact]
    public void Widths_AdaGradNormOfTheQuickstart_AreThoseByHand()
    {
        var one = Studies.Of(Measure.TestAccuracy, Axis, Tolerance.OfPoints(1), Quickstart).Rows[3];
        var two = Studies.Of(Measure.TestAccuracy, Axis, Tolerance.OfPoints(2), Quickstart).Rows[3];

        Assert.Equal(0.61, one.Band!.Decades, 0.02);
        Assert.Equal(1.10, one.OwnBand!.Decades, 0.02);
        Assert.False(one.OwnBand.IsAtLeast);
        Assert.Equal(3.34, two.Band!.Decades, 0.005);
        Assert.True(two.Band.IsAtLeast);
    }

    [Fact]
    public void Areas_OfTheQuickstart_AgreeWithWhatTheEyeSees()
    {
        var study = Studies.Of(Measure.TestAccuracy, Axis, null, Quickstart);

        Assert.Equal([0.510, 0.851, 0.624, 0.865], study.Rows.Select(r => Math.Round(r.Area, 3)));
        Assert.Equal([3, 1, 2, 0], study.Ranked.Select(r => r.Row));
    }

    [Fact]
    public void Widths_AdamLossWithoutItsLossAndAdam_AreEqual()
    {
        // AdamLoss with α = 0 is Adam with lr = 1/√b₀: the same five runs, five decades of b₀ and two and a half of lr.
        double[] accuracies = [0.863, 0.872, 0.906, 0.867, 0.724];
        double[] rates = [1e-4, Math.Pow(10, -3.5), 1e-3, Math.Pow(10, -2.5), 1e-2];
        RunScore[] scores = [.. rates.SelectMany((lr, i) => new RunScore[] { new(0, lr, 0, accuracies[i], false), new(1, 1 / (lr * lr), 0, accuracies[i], false) })];

        var rows = new RobustnessStudy(
            scores,
            [
                new RowGrid(0, [.. rates.Select(lr => new GridValue(lr, lr))]),
                new RowGrid(1, [.. rates.Reverse().Select(lr => new GridValue(1 / (lr * lr), lr))]),
            ],
            Measure.TestAccuracy, Studies.Guess).Rows;

        Assert.Equal(rows[0].Band!.Decades, rows[1].Band!.Decades, 1e-9);
        Assert.Equal(0.6, rows[0].Band!.Decades, 0.05);
    }
}
