using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

public sealed class AdaGradCoordinateTests
{
    /// <summary>The two results that Zhang, Lipton, Li and Smola (2019, section 10.7) print.</summary>
    [Theory]
    [InlineData(0.4, "-2.382563", "-0.158591")]
    [InlineData(2, "-0.002295", "-0.000000")]
    public void Step_TwentyOnTheQuadratic_GivesThePublishedIterates(double eta, string first, string second)
    {
        var problem = (Problem<double>)new Quadratic2D().Prepare(OptionSet.Resolve(new Quadratic2D().Options, null, "", new FaultList()), new DatasetFolders([]));
        var definition = new AdaGradCoordinate();
        var options = OptimizerCase.Resolve(definition, new JsonObject { ["eta"] = eta, ["epsilon_inside"] = true });
        foreach (var settings in new OptimizerSettings[]
        {
            new(RobustnessAxis.B0, 1, options),
            new(RobustnessAxis.LearningRate, eta, OptimizerCase.Resolve(definition, new JsonObject { ["epsilon_inside"] = true })),
        })
        {
            var optimizer = definition.Create<double>(settings, problem.Parameters);
            var step = problem.Compile(1);
            var x = new double[2];
            var g = new double[2];
            step.Initialise(0, x);
            var context = OptimizerRun.Context<double>(_ => double.NaN, 20);
            for (context.Iteration = 1; context.Iteration <= 20; context.Iteration++)
            {
                context.Loss = step.Run([0], x, g, context.Iteration).Loss;
                optimizer.Step(x, g, context);
            }

            Assert.Equal(first, x[0].ToString("F6", CultureInfo.InvariantCulture));
            Assert.Equal(second, x[1].ToString("F6", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Check_EtaBesideAxisLr_IsRefused()
    {
        var definition = new AdaGradCoordinate();
        var faults = new FaultList();
        definition.Check(OptimizerCase.Resolve(definition, new JsonObject { ["eta"] = 2 }), RobustnessAxis.LearningRate, "options", faults);
        Assert.Equal("options.eta", Assert.Single(faults.All).Field);
    }
}
