using System.Globalization;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

public sealed class OptimizerTrajectoryTests
{
    /// <summary>The two results that Zhang, Lipton, Li and Smola (2019, section 10.7) print.</summary>
    [Theory]
    [InlineData(0.4, "-2.382563", "-0.158591")]
    [InlineData(2, "-0.002295", "-0.000000")]
    public void Of_AdaGradAsInTheBook_EndsAtThePublishedIterates(double lr, string first, string second)
    {
        var trajectory = Train($$"""{ "id": "adagrad-coordinate", "axis": "lr", "values": [{{Text(lr)}}], "options": { "epsilon_inside": true } }""", 20);

        Assert.Equal([-5.0, -2.0], trajectory.Iterates[0]);
        Assert.Equal(21, trajectory.Iterates.Count);
        Assert.Equal(first, trajectory.Iterates[^1][0].ToString("F6", CultureInfo.InvariantCulture));
        Assert.Equal(second, trajectory.Iterates[^1][1].ToString("F6", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Of_PlainGradientDescent_GivesLossesAndStepsizesOfItsIterates()
    {
        var trajectory = Train("""{ "id": "sgd-constant", "axis": "b0", "values": [4] }""", 20);

        for (var t = 0; t <= 20; t++)
        {
            // x ← x − 2cηx, so each coordinate shrinks by 1 − 2c/4.
            Assert.Equal(-5 * Math.Pow(1 - 0.05, t), trajectory.Iterates[t][0], 1e-12);
            Assert.Equal(t == 0 ? -2 : 0, trajectory.Iterates[t][1], 1e-12);
            Assert.Equal((0.1 * Math.Pow(trajectory.Iterates[t][0], 2)) + (2 * Math.Pow(trajectory.Iterates[t][1], 2)), trajectory.Losses[t], 1e-12);
        }

        Assert.Equal(Enumerable.Repeat(0.25, 20), trajectory.Stepsizes);
        Assert.Null(trajectory.FirstBadIteration);
    }

    [Fact]
    public void Of_StepsizeThatOverflows_EndsAtTheFirstBadIteration()
    {
        var trajectory = Train("""{ "id": "sgd-constant", "axis": "b0", "values": [1e-3] }""", 200);

        Assert.NotNull(trajectory.FirstBadIteration);
        Assert.InRange(trajectory.FirstBadIteration.Value, 2, 199);
        Assert.Equal(trajectory.FirstBadIteration, trajectory.Steps);
        Assert.Equal(trajectory.Steps + 1, trajectory.Losses.Count);
        Assert.True(double.IsFinite(trajectory.Losses[^2]) && !double.IsFinite(trajectory.Losses[^1]));
    }

    /// <summary>Line search asks for losses at other parameters, which this must answer as a run does.</summary>
    [Fact]
    public void Of_LineSearch_DecreasesTheLossAtEveryStep()
    {
        var trajectory = Train("""{ "id": "gd-linesearch", "axis": "b0", "values": [0.01] }""", 50);

        Assert.All(Enumerable.Range(0, 50), t => Assert.True(trajectory.Losses[t + 1] < trajectory.Losses[t]));
    }

    private static OptimizerTrajectory Train(string optimizer, int steps)
    {
        var sweep = SpecificationReader.Parse(
            $$"""{ "name": "trajectory", "workload": "quadratic-2d", "optimizers": [{{optimizer}}], "seeds": [0], "batchSize": 1, "iterations": {{steps}} }""");
        var problem = (Problem<double>)sweep.Workload.Prepare(sweep.WorkloadOptions, new DatasetFolders([]));
        return OptimizerTrajectory.Of(problem, sweep.Expand().Single());
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
