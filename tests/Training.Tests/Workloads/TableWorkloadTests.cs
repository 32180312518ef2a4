using System.Globalization;
using System.Text;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Randomness;
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
    [InlineData("csv-linear", """ "file": "t.csv", "target": "weight" """, "no column \"weight\"; it has name, x, z, answer")]
    [InlineData("csv-linear", """ "file": "t.csv" """, "in the column \"name\" is not a finite number")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x", "target": "name" """, "choose another target")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x,x" """, "each once")]
    [InlineData("csv-linear", """ "file": "t.csv", "features": "x", "trainRows": 145 """, "more than the 150 of t.csv")]
    [InlineData("csv-logreg", """ "file": "t.csv", "features": "x" """, "has 1 different values")]
    public async Task Prepare_BadTable_FailsWithASentence(string workload, string options, string expected)
    {
        Write("t.csv", (_, _) => "5");
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => TrainAsync(workload, options, "sgd-constant", "100"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_Table_SaysWhatItHolds()
    {
        using var source = new DataFolder();
        var path = source.Write("My table.csv", "name,x,y\na,1,2\nb,3,4\n");
        Assert.Contains("no name of a table", Assert.Throws<InvalidInputException>(() => OwnTables.Import(path, null, _folder.Path)).Message, StringComparison.Ordinal);
        var summary = OwnTables.Import(path, "mine", _folder.Path);
        Assert.Equal(("mine.csv", 2), (summary.Name, summary.Rows));
        Assert.Equal(["name", "x", "y"], summary.Columns);
        Assert.Equal(["x", "y"], summary.NumericColumns);
        Assert.Equal(["mine.csv"], OwnTables.Names(_folder.Folders));
        Assert.Equal(summary.Columns, OwnTables.Summarise(_folder.Folders, "mine.csv").Columns);
    }

    [Fact]
    public void Parse_Damaged_IsRefusedOrRead() =>
        HostileFiles.Check("a,b,c\n1,2,x\n-3e5,\"4\",y\n"u8.ToArray(), damaged => CsvTable.Parse("t.csv", damaged, "", []));

    [Theory]
    [InlineData("a,b\n1,2\n1,\n", "line 3 (byte 8)")]
    [InlineData("a,a\n1,2\n", "the column \"a\" twice")]
    [InlineData("a,\n1,2\n", "a column without a name")]
    [InlineData("a,b\ninf,2\n", "is not a finite number")]
    [InlineData("a,b\n", "rows must follow")]
    public void Parse_Bad_SaysWhereAndWhat(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => CsvTable.Parse("t.csv", Encoding.UTF8.GetBytes(text), "", [])).Message, StringComparison.Ordinal);

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

    private Task<Execution.MemoryRecorder> TrainAsync(string workload, string options, string optimizer, string value) => WorkloadRuns.TrainAsync(
        $$"""
        { "name": "own", "workload": "{{workload}}", "workloadOptions": { {{options}} }, "epochs": 60, "seeds": [0],
          "optimizers": [ { "id": "{{optimizer}}", "values": [{{value}}] } ] }
        """,
        _folder.Folders);
}
