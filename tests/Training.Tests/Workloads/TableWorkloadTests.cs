using System.Globalization;
using System.Text;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Randomness;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests.Datasets;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

public sealed class TableWorkloadTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task CsvLinear_NoiselessTable_IsLearnedExactly()
    {
        Write("wine.csv", (x, z) => string.Create(CultureInfo.InvariantCulture, $"{(3 * x) - z + 7:R}"), ';');
        var recorder = await TrainAsync("csv-linear", """ "file": "wine.csv", "target": "answer", "features": "x, z", "trainRows": 60, "testRows": 20 """, "sgd-constant", "2");
        var last = recorder.Evaluations(0)[^1].Evaluation;
        Assert.InRange(last.TrainLoss, 0, 1e-12);
        Assert.InRange(last.TestLoss, 0, 1e-12);
        Assert.Equal(3, recorder.Result(0).FinalParameters!.Length);
        Assert.Equal(64, recorder.Provenance[0].DataChecksums["wine.csv"].Length);
    }

    [Fact]
    public async Task CsvLogreg_SeparableClasses_AreLearned()
    {
        Write("iris.csv", (x, z) => x > 0.2 ? "yes" : z > 0 ? "maybe" : "no");
        var recorder = await TrainAsync("csv-logreg", """ "file": "iris.csv", "features": "x,z", "trainRows": 80, "testRows": 20 """, "adagrad-coordinate", "0.01");
        Assert.InRange(recorder.Evaluations(0)[^1].Evaluation.TrainAccuracy, 0.9, 1);
        Assert.InRange(recorder.Evaluations(0)[^1].Evaluation.TestAccuracy, 0.75, 1);
    }

    [Theory]
    [InlineData("csv-linear", """ "file": "none.csv" """, "datasets import csv")]
    [InlineData("csv-linear", """ "file": "../t.csv" """, "no name of a table")]
    [InlineData("csv-linear", """ "file": "t.csv", "target": "weight" """, "no column \"weight\"; there are name, x, z, answer")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "name" """, "more than 100 different values")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x", "target": "name" """, "is text, and csv-linear predicts numbers")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x, answer", "target": "answer" """, "what is to be predicted")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x,x" """, "each once")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x", "trainRows": 145 """, "more than the 150 of t.csv")]
    [InlineData("csv-logreg", """ "file": "t.csv", "features": "x" """, "has 1 different values")]
    public async Task Prepare_BadTable_FailsWithASentence(string workload, string options, string expected)
    {
        Write("t.csv", (_, _) => "5");
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => TrainAsync(workload, options, "sgd-constant", "100"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv-linear", """ "file": "none.csv" """)]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x", "trainRows": 145 """)]
    [InlineData("csv-logreg", """ "file": "t.csv", "features": "x" """)]
    public void CheckData_WhatCannotBeTrained_IsSaidBeforeASweepIsStarted(string workload, string options)
    {
        Write("t.csv", (_, _) => "5");
        Assert.NotEmpty(DataFaults(workload, options));
    }

    [Fact]
    public void CheckData_TableThatIsThere_HasNoFaults()
    {
        Write("t.csv", (x, _) => x > 0 ? "1" : "0");
        Assert.Empty(DataFaults("csv-logreg", """ "file": "t.csv" """));
    }

    [Fact]
    public void Remarks_RealNumbersAsClasses_AreSaid()
    {
        Write("t.csv", (x, z) => string.Create(CultureInfo.InvariantCulture, $"{x + z:R}"));
        var sweep = SpecificationReader.Parse(Sweep("csv-logreg", """ "file": "t.csv" """, "sgd-constant", "1"));
        Assert.Contains("150 different values: csv-linear predicts them as numbers", Assert.Single(sweep.Workload.Remarks(sweep.WorkloadOptions, _folder.Folders)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ReplacedTable_TakesTheNewContent()
    {
        using var pool = new TrainingPool(2);
        var executor = new CpuExecutor(pool, _folder.Folders, TimeProvider.System);
        const string Options = """ "file": "mine.csv", "trainRows": 100, "testRows": 20 """;
        Write("mine.csv", (x, z) => string.Create(CultureInfo.InvariantCulture, $"{(3 * x) - z:R}"));
        var first = await TrainAsync(executor, Options);
        Write("mine.csv", (x, z) => string.Create(CultureInfo.InvariantCulture, $"{x + (5 * z):R}"));
        var second = await TrainAsync(executor, Options);
        Write("mine.csv", (x, z) => string.Create(CultureInfo.InvariantCulture, $"{(3 * x) - z:R}"));
        var third = await TrainAsync(executor, Options);
        Assert.NotEqual(first.Provenance[0].DataChecksums["mine.csv"], second.Provenance[0].DataChecksums["mine.csv"]);
        Assert.NotEqual(first.Result(0).FinalParameters, second.Result(0).FinalParameters);
        Assert.Equal(first.Provenance[0].DataChecksums["mine.csv"], third.Provenance[0].DataChecksums["mine.csv"]);
        Assert.Equal(first.Result(0).FinalParameters, third.Result(0).FinalParameters);
    }

    [Fact]
    public async Task Train_HalfTrainedRunWhoseTableWasReplaced_EndsWithASentence()
    {
        Write("mine.csv", (x, z) => string.Create(CultureInfo.InvariantCulture, $"{(3 * x) - z:R}"));
        var sweep = SpecificationReader.Parse(Sweep("csv-linear", """ "file": "mine.csv" """, "sgd-constant", "2"));
        var run = new CohortRun(0, sweep.Expand().Single(), new RunCheckpoint(7, [], 0)) { DataBefore = new Dictionary<string, string>(StringComparer.Ordinal) { ["mine.csv"] = "other" } };
        using var pool = new TrainingPool(1);
        var recorder = new Execution.MemoryRecorder();
        await new CpuExecutor(pool, _folder.Folders, TimeProvider.System).TrainAsync(Cohort.Of(sweep, [run]), recorder, CancellationToken.None);
        Assert.Equal((RunOutcome.Failed, 7), (recorder.Result(0).Outcome, recorder.Result(0).Iterations));
        Assert.Contains("mine.csv was replaced after iteration 7", recorder.Result(0).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, Func<double, double, string> answer, char separator = ',')
    {
        var random = new RandomStream(5, RandomPurpose.Data);
        var text = new StringBuilder($"name{separator}x{separator}z{separator}answer\n");
        for (var i = 0; i < 150; i++)
        {
            var (x, z) = (random.NextNormal(), random.NextNormal());
            text.Append(CultureInfo.InvariantCulture, $"row {i}{separator}{x:R}{separator}{z:R}{separator}{answer(x, z)}\n");
        }

        _folder.Write($"tables/{file}", text.ToString());
    }

    private IReadOnlyList<Fault> DataFaults(string workload, string options)
    {
        var sweep = SpecificationReader.Parse(Sweep(workload, options, "sgd-constant", "1"));
        var faults = new FaultList();
        sweep.Workload.CheckData(sweep.WorkloadOptions, _folder.Folders, faults);
        return faults.All;
    }

    private static async Task<Execution.MemoryRecorder> TrainAsync(CpuExecutor executor, string options)
    {
        var sweep = SpecificationReader.Parse(Sweep("csv-linear", options, "sgd-constant", "2"));
        var recorder = new Execution.MemoryRecorder();
        CohortRun[] runs = [.. sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];
        await executor.TrainAsync(Cohort.Of(sweep, runs), recorder, CancellationToken.None);
        return recorder;
    }

    private Task<Execution.MemoryRecorder> TrainAsync(string workload, string options, string optimizer, string value) =>
        WorkloadRuns.TrainAsync(Sweep(workload, options, optimizer, value), _folder.Folders);

    private static string Sweep(string workload, string options, string optimizer, string value) =>
        $$"""
        { "name": "own", "workload": "{{workload}}", "workloadOptions": { {{options}} }, "epochs": 60, "seeds": [0],
          "optimizers": [ { "id": "{{optimizer}}", "values": [{{value}}] } ] }
        """;
}
