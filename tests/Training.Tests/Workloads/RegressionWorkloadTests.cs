using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

public sealed class RegressionWorkloadTests
{
    [Fact]
    public async Task Airfoil_AdagradAsPublished_ReachesThePublishedLossInTwoEpochs()
    {
        var recorder = await WorkloadRuns.TrainAsync(
            """
            { "name": "airfoil", "workload": "airfoil-linear", "epochs": 2, "batchSize": 10, "seeds": [0, 1, 2],
              "optimizers": [ { "id": "adagrad-coordinate", "axis": "lr", "values": [0.1], "options": { "epsilon_inside": true } } ] }
            """);
        for (var seed = 0; seed < 3; seed++)
        {
            Assert.Equal(300, recorder.Result(seed).Iterations);
            Assert.Equal(0.243, recorder.Evaluations(seed)[^1].Evaluation.TrainLoss, 0.0015);
        }
    }

    [Fact]
    public void Airfoil_Problem_HasSixParametersInOneLayerAndItsChecksum()
    {
        var problem = Assert.IsAssignableFrom<Problem<double>>(Prepare("airfoil-linear"));
        Assert.Equal(["weight", "bias"], problem.Parameters.Segments.Select(s => s.Name));
        Assert.Equal((6, 1, 1500), (problem.Parameters.Length, problem.Parameters.BlockCount, problem.TrainingExamples));
        Assert.Contains("airfoil_self_noise.dat", problem.DataChecksums.Keys);
        var x = new double[6];
        problem.Compile(10).Initialise(0, x);
        Assert.Equal(0, x[5]);
        Assert.All(x[..5], w => Assert.InRange(Math.Abs(w), 1e-9, 0.05));
    }

    [Fact]
    public async Task LinregBatch_LineSearchAndAdaGradNorm_ConvergeWhereTheConstantStepsizeDiverges()
    {
        var recorder = await WorkloadRuns.TrainAsync(
            """
            { "name": "batch", "workload": "linreg-batch", "workloadOptions": { "rows": 60, "columns": 120 }, "batchSize": 60, "iterations": 400, "seeds": [0],
              "optimizers": [ { "id": "gd-linesearch", "values": [0.01] }, { "id": "adagrad-norm", "values": [0.01], "options": { "eta": 50, "granularity": "global" } },
                              { "id": "sgd-constant", "values": [0.01, 1] } ] }
            """);
        var start = recorder.Losses(0)[0];
        Assert.InRange(recorder.Evaluations(0)[^1].Evaluation.TrainLoss, 0, 1e-3 * start);
        Assert.InRange(recorder.Evaluations(1)[^1].Evaluation.TrainLoss, 0, 1e-3 * start);
        Assert.Equal(RunOutcome.Diverged, recorder.Result(2).Outcome);
        Assert.Equal(start, recorder.Losses(1)[0]);
    }

    [Fact]
    public void LinregBatch_AndStochastic_AreTheSameProblem() =>
        Assert.Equal(Prepare("linreg-batch", ("rows", 30), ("columns", 70)).Smoothness, Prepare("linreg-stochastic", ("rows", 30), ("columns", 70)).Smoothness);

    private static Problem Prepare(string id, params (string Id, int Value)[] options)
    {
        var workload = WorkloadRegistry.Find(id)!;
        var given = new System.Text.Json.Nodes.JsonObject();
        foreach (var (option, value) in options)
        {
            given[option] = value;
        }

        return workload.Prepare(OptionSet.Resolve(workload.Options, given, "", new FaultList()), RepositoryFiles.Datasets);
    }
}
